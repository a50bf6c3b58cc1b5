using Tollgate.Model;
using Tollgate.Security.Secrets;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Applications;

/// <summary>The secrets of consumer keys: the one that came with the key, and those that were added beside it.</summary>
public sealed class ClientSecretStore(ApimDatabase database, TimeProvider time)
{
    /// <summary>The most secrets that a key has at a time.</summary>
    public const int Most = 10;

    public async Task<IReadOnlyList<ClientSecret>> ListAsync(Credential credential)
    {
        var rows = await database.ReadAsync(db => RowsAsync(db, credential.ConsumerKey));
        return [.. First(credential), .. rows.Select(row => row.ToSecret())];
    }

    /// <summary>True when the secret is one of those added to the key and has not expired.</summary>
    public async Task<bool> KnowsAsync(string consumerKey, string secret)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var matches = false;
        foreach (var row in await database.ReadAsync(db => RowsAsync(db, consumerKey)))
        {
            matches |= GeneratedSecret.Matches(secret, row.SecretHash) && (row.ExpiresAt == 0 || row.ExpiresAt > now);
        }

        return matches;
    }

    public Task AddAsync(Credential credential, string secretHash, ClientSecret secret) => database.WriteAsync(async db =>
    {
        if ((await RowsAsync(db, credential.ConsumerKey)).Count + First(credential).Count() >= Most)
        {
            throw Refusal.BadRequest($"A key has at most {Most} secrets; revoke one that is not used any more.");
        }

        return await db.ExecuteAsync(
            """
            INSERT INTO credential_secrets (id, consumer_key, secret_hash, description, created_at, expires_at)
            VALUES (@Id, @ConsumerKey, @secretHash, @Description, @CreatedAt, @ExpiresAt)
            """,
            new { secret.Id, credential.ConsumerKey, secretHash, secret.Description, secret.CreatedAt, secret.ExpiresAt });
    });

    /// <summary>Refuses a secret from now on; false when the key has none of that id. Tokens that it got live on until they expire.</summary>
    public Task<bool> RevokeAsync(Credential credential, string secretId) => database.WriteAsync(async db =>
        await db.ExecuteAsync(
            "DELETE FROM credential_secrets WHERE id = @secretId AND consumer_key = @ConsumerKey", new { secretId, credential.ConsumerKey }) > 0
        || (First(credential).Any(first => first.Id == secretId) && await db.ExecuteAsync(
            "UPDATE credentials SET secret_hash = '' WHERE consumer_key = @ConsumerKey AND secret_hash = @SecretHash", credential) > 0));

    private static Task<IReadOnlyList<SecretRow>> RowsAsync(Transaction db, string consumerKey) => db.ListAsync<SecretRow>(
        """
        SELECT id, secret_hash, description, created_at, expires_at FROM credential_secrets
        WHERE consumer_key = @consumerKey ORDER BY created_at, id
        """,
        new { consumerKey });

    // The secret that came with the key has no row of its own; an empty hash says that it was revoked.
    private static IEnumerable<ClientSecret> First(Credential credential) => credential.SecretHash.Length == 0
        ? []
        : [new ClientSecret { Id = ClientSecret.IdOf(credential.SecretHash), CreatedAt = credential.CreatedAt }];

    private sealed record SecretRow
    {
        public string Id { get; init; } = "";

        public string SecretHash { get; init; } = "";

        public string? Description { get; init; }

        public long CreatedAt { get; init; }

        public long ExpiresAt { get; init; }

        public ClientSecret ToSecret() => new() { Id = Id, Description = Description, CreatedAt = CreatedAt, ExpiresAt = ExpiresAt };
    }
}
