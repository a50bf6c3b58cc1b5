using Tollgate.Model;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Applications;

/// <summary>Consumer keys with their secrets' hashes: the OAuth clients.</summary>
public sealed class CredentialStore(ApimDatabase database, TimeProvider time)
{
    public async Task<Credential?> FindAsync(string consumerKey) => (await database.ReadAsync(db => db.FirstAsync<CredentialRow>(
        $"SELECT {CredentialRow.Columns} FROM credentials WHERE consumer_key = @consumerKey", new { consumerKey })))?.ToCredential();

    public async Task<IReadOnlyList<Credential>> ListAsync(string applicationId) => [.. (await database.ReadAsync(db =>
        db.ListAsync<CredentialRow>(
            $"SELECT {CredentialRow.Columns} FROM credentials WHERE application_id = @applicationId ORDER BY key_type, key_manager",
            new { applicationId }))).Select(row => row.ToCredential())];

    /// <summary>Saves a new credential; refused when the application has one of that key type.</summary>
    public async Task CreateAsync(Credential credential)
    {
        try
        {
            await database.ChangeAsync(db => AddAsync(db, credential));
        }
        catch (DuplicateException)
        {
            throw Refusal.Conflict(
                409, "Keys exist", $"The application already has {EnumText<KeyType>.Of(credential.KeyType)} keys. Regenerate the secret instead.");
        }
    }

    internal static async Task<int> AddAsync(RuntimeTransaction db, Credential credential)
    {
        await RefuseOrphanAsync(db, credential.ApplicationId);
        return await InsertAsync(db, credential);
    }

    /// <summary>Saves grants, callback URL and what the owner chose for tokens.</summary>
    public Task UpdateAsync(Credential credential) => database.ChangeAsync(db => db.ExecuteAsync(
        """
        UPDATE credentials SET grant_types = @grantTypes, callback_url = @CallbackUrl, access_token_validity = @AccessTokenValidity,
                               terms = @terms, runtime_version = @version
        WHERE consumer_key = @ConsumerKey
        """,
        Arguments(credential, db.Version)));

    /// <summary>Removes a credential with every token issued to it.</summary>
    public Task DeleteAsync(Credential credential) => database.ChangeAsync(async db =>
    {
        await CredentialRows.RemoveAsync(db, credential.ConsumerKey, time.GetUtcNow().ToUnixTimeMilliseconds());
        return 0;
    });

    /// <summary>Replaces all secrets with one; every token issued so far ends.</summary>
    public Task ReplaceSecretAsync(string consumerKey, string secretHash) => database.ChangeAsync(async db =>
    {
        await Tokens.AuthorizationRows.RemoveAsync(db, consumerKey);
        await db.ExecuteAsync("DELETE FROM credential_secrets WHERE consumer_key = @consumerKey", new { consumerKey });
        // Tokens after the last replacement are dated at least one second behind it, which may be in the future: those must end too.
        return await db.ExecuteAsync(
            """
            UPDATE credentials SET secret_hash = @secretHash, runtime_version = @version,
                                   not_before = CASE WHEN not_before >= @now THEN not_before + 1 ELSE @now END
            WHERE consumer_key = @consumerKey
            """,
            // Read here and not by the caller, who may have waited for other writers: tokens issued while he waited end as well.
            new { consumerKey, secretHash, now = time.GetUtcNow().ToUnixTimeSeconds(), version = db.Version });
    });

    private static Task<int> InsertAsync(RuntimeTransaction db, Credential credential) => db.ExecuteAsync(
        """
        INSERT INTO credentials (consumer_key, key_mapping_id, application_id, organization, key_type, key_manager, secret_hash, grant_types,
                                 callback_url, access_token_validity, origin, terms, not_before, created_at, runtime_version)
        VALUES (@ConsumerKey, @KeyMappingId, @ApplicationId, @Organization, @keyType, @KeyManager, @SecretHash, @grantTypes,
                @CallbackUrl, @AccessTokenValidity, @origin, @terms, 0, @CreatedAt, @version)
        """,
        Arguments(credential, db.Version));

    private static object Arguments(Credential credential, long version) => new
    {
        credential.ConsumerKey, credential.KeyMappingId, credential.ApplicationId, credential.Organization, credential.KeyManager,
        credential.SecretHash, credential.CallbackUrl, credential.AccessTokenValidity, credential.CreatedAt,
        keyType = EnumText<KeyType>.Of(credential.KeyType), grantTypes = ModelJson.Write(credential.GrantTypes),
        origin = credential.IsMapped ? CredentialRows.Mapped : CredentialRows.Created, terms = ModelJson.Write(credential.Terms), version,
    };

    // The application may have been deleted since the caller looked; a credential without one would never end.
    private static async Task RefuseOrphanAsync(RuntimeTransaction db, string applicationId)
    {
        if (!await db.AnyAsync("SELECT 1 FROM applications WHERE id = @applicationId", new { applicationId }))
        {
            throw Refusal.NotFound(900307, "application", applicationId);
        }
    }
}
