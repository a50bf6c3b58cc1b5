using Tollgate.Security.Secrets;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Tokens;

/// <summary>A key that the resident key manager signs tokens with.</summary>
/// <param name="KeyId">The <c>kid</c>.</param>
/// <param name="Issuer">The <c>iss</c> of tokens under this key.</param>
/// <param name="PublicJwk">JSON Web Key without private parts.</param>
/// <param name="PrivateKey">PKCS#8, in clear; only in memory.</param>
public sealed record SigningKey(string KeyId, string Issuer, string PublicJwk, byte[] PrivateKey)
{
    /// <summary>The private key must never reach a log.</summary>
    public override string ToString() => $"SigningKey {KeyId}";
}

/// <summary>Signing keys; private halves are sealed with the master key.</summary>
public sealed class SigningKeyStore(ApimDatabase database, MasterKey masterKey, TimeProvider time)
{
    /// <summary>All keys, newest first: the first one signs, all of them verify.</summary>
    public async Task<IReadOnlyList<SigningKey>> ListAsync() => [.. (await database.ReadAsync(db => db.ListAsync<Row>(
        "SELECT key_id, issuer, public_jwk, private_key FROM signing_keys ORDER BY created_at DESC, key_id"))).Select(Open)];

    /// <summary>Saves the first key of an issuer unless another node was faster; returns whether this one was saved.</summary>
    public Task<bool> AddFirstAsync(SigningKey key) => database.ChangeAsync(async db =>
        !await db.AnyAsync("SELECT 1 FROM signing_keys WHERE issuer = @Issuer LIMIT 1", new { key.Issuer }) && await InsertAsync(db, key) == 1);

    /// <summary>Adds a key that signs from now on.</summary>
    public Task AddAsync(SigningKey key) => database.ChangeAsync(db => InsertAsync(db, key));

    private Task<int> InsertAsync(RuntimeTransaction db, SigningKey key) => db.ExecuteAsync(
        """
        INSERT INTO signing_keys (key_id, issuer, public_jwk, private_key, created_at, runtime_version)
        VALUES (@KeyId, @Issuer, @PublicJwk, @sealedKey, @now, @version)
        """,
        new
        {
            key.KeyId, key.Issuer, key.PublicJwk, sealedKey = masterKey.Seal(key.PrivateKey, Context(key.KeyId)),
            now = time.GetUtcNow().ToUnixTimeMilliseconds(), version = db.Version,
        });

    private SigningKey Open(Row row) => new(
        row.KeyId, row.Issuer, row.PublicJwk,
        masterKey.Open(row.PrivateKey, Context(row.KeyId))
            ?? throw new InvalidDataException($"The signing key {row.KeyId} cannot be opened with this node's master key."));

    private static string Context(string keyId) => "signing_keys/" + keyId;

    private sealed record Row
    {
        public string KeyId { get; init; } = "";

        public string Issuer { get; init; } = "";

        public string PublicJwk { get; init; } = "";

        public byte[] PrivateKey { get; init; } = [];
    }
}
