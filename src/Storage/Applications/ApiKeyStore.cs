using System.Security.Cryptography;
using System.Text;
using Tollgate.Model;
using Tollgate.Model.Runtime;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Applications;

/// <summary>API keys. Their lists are short by a limit, so that they need no pages; only the organization's list has some.</summary>
public sealed class ApiKeyStore(ApimDatabase database, TimeProvider time)
{
    /// <summary>Most keys of an application per key type, and of a user per API and key type.</summary>
    public const int Most = 100;

    private const string Names =
        """
        a.name AS application_name, p.name AS api_name FROM api_keys k LEFT JOIN applications a ON a.id = k.application_id
        LEFT JOIN apis p ON p.id = k.api_id
        """;

    private const string Newest = "ORDER BY k.created_at DESC, k.id DESC";

    public async Task<ApiKey?> FindAsync(string organization, string id) => (await database.ReadAsync(db => db.FirstAsync<ApiKeyRow>(
        $"SELECT {ApiKeyRow.Columns} FROM api_keys k WHERE k.id = @id AND k.organization = @organization", new { id, organization })))?.ToApiKey();

    public async Task<ApiKey?> FindByHashAsync(string organization, string hash) => (await database.ReadAsync(db => db.FirstAsync<ApiKeyRow>(
        $"SELECT {ApiKeyRow.Columns} FROM api_keys k WHERE k.key_hash = @hash AND k.organization = @organization",
        new { hash, organization })))?.ToApiKey();

    /// <summary>The application's own keys of one key type, newest first.</summary>
    public Task<IReadOnlyList<NamedApiKey>> ListOfApplicationAsync(string applicationId, KeyType keyType) => ListAsync(
        "k.application_id = @applicationId AND k.api_id IS NULL AND k.key_type = @keyType",
        new { applicationId, keyType = EnumText<KeyType>.Of(keyType) });

    /// <summary>Keys of APIs that are lent to the application, of one key type, newest first.</summary>
    public Task<IReadOnlyList<NamedApiKey>> ListLentAsync(string applicationId, KeyType keyType) => ListAsync(
        "k.application_id = @applicationId AND k.api_id IS NOT NULL AND k.key_type = @keyType",
        new { applicationId, keyType = EnumText<KeyType>.Of(keyType) });

    /// <summary>A user's keys of APIs that the application subscribed to, lent to none yet.</summary>
    public Task<IReadOnlyList<NamedApiKey>> ListLendableAsync(Application application, string owner, KeyType keyType) => ListAsync(
        """
        k.organization = @Organization AND k.owner = @owner AND k.application_id IS NULL AND k.key_type = @keyType
        AND k.api_id IN (SELECT s.api_id FROM subscriptions s WHERE s.application_id = @Id)
        """,
        new { application.Organization, application.Id, owner, keyType = EnumText<KeyType>.Of(keyType) });

    /// <summary>A user's keys of one API, newest first.</summary>
    public Task<IReadOnlyList<NamedApiKey>> ListOfApiAsync(string apiId, string owner) =>
        ListAsync("k.api_id = @apiId AND k.owner = @owner", new { apiId, owner });

    /// <summary>Everybody's keys, newest first.</summary>
    public Task<Page<NamedApiKey>> ListAsync(string organization, PageRequest page) => database.ReadAsync(async db =>
    {
        var arguments = new { organization, limit = page.Limit, offset = page.Offset };
        var total = await db.FirstAsync<int>("SELECT COUNT(*) FROM api_keys k WHERE k.organization = @organization", arguments);
        var rows = await db.ListAsync<ApiKeyRow>(
            $"SELECT {ApiKeyRow.Columns}, {Names} WHERE k.organization = @organization {Newest} LIMIT @limit OFFSET @offset", arguments);
        return new Page<NamedApiKey>([.. rows.Select(row => row.ToNamed())], total);
    });

    /// <summary>Saves a new key; refused when its name is taken, or when there are too many.</summary>
    public async Task CreateAsync(ApiKey key)
    {
        try
        {
            await database.ChangeAsync(async db =>
            {
                await RefuseOrphanAsync(db, key);
                await RefuseManyAsync(db, key);
                return await InsertAsync(db, key);
            });
        }
        catch (DuplicateException)
        {
            throw Refusal.Conflict(409, "API key exists", $"There is already a key named '{key.Name}'. Choose another name, or regenerate that one.");
        }
    }

    /// <summary>Puts a new key text in the place of the old one, which ends.</summary>
    public Task ReplaceAsync(ApiKey old, ApiKey next) => ChangeAsync(old, async db =>
    {
        if (old.TokenId is not null)
        {
            await ApiKeyRows.EndAsync(db, old, Now);
        }

        return await db.ExecuteAsync(
            """
            UPDATE api_keys SET key_hash = @Hash, token_id = @TokenId, created_at = @CreatedAt, last_used_at = 0, runtime_version = @version
            WHERE id = @Id AND key_hash = @before
            """,
            new { next.Hash, next.TokenId, next.CreatedAt, next.Id, before = old.Hash, version = db.Version });
    });

    public Task RemoveAsync(ApiKey key) => database.ChangeAsync(async db =>
    {
        await ApiKeyRows.RemoveAsync(db, key, Now);
        return 0;
    });

    /// <summary>Lends a key of an API to an application that subscribed to it; null takes it back.</summary>
    public Task LendAsync(ApiKey key, string? applicationId) => ChangeAsync(key, async db =>
    {
        if (applicationId is not null && !await db.AnyAsync(
            "SELECT 1 FROM subscriptions WHERE application_id = @applicationId AND api_id = @ApiId", new { applicationId, key.ApiId }))
        {
            throw Refusal.BadRequest("The application is not subscribed to the API of this key. Subscribe first.");
        }

        return await db.ExecuteAsync(
            $"""
            UPDATE api_keys SET application_id = @applicationId, runtime_version = @version
            WHERE id = @Id AND application_id {(applicationId is null ? "IS NOT NULL" : "IS NULL")}
            """,
            new { applicationId, key.Id, version = db.Version });
    });

    /// <summary>Notes uses for the lists; no gateway needs to know.</summary>
    public Task UsedAsync(IReadOnlyList<RuntimeKeyUse> uses) => database.WriteBesideAsync(async db =>
    {
        // In one order, so that two reports with the same keys do not wait for each other.
        foreach (var use in uses.OrderBy(use => use.Key, StringComparer.Ordinal))
        {
            await db.ExecuteAsync("UPDATE api_keys SET last_used_at = @UsedAt WHERE key_hash = @Key AND last_used_at < @UsedAt", use);
            await db.ExecuteAsync("UPDATE api_keys SET last_used_at = @UsedAt WHERE token_id = @Key AND last_used_at < @UsedAt", use);
        }

        return 0;
    });

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    // Of two who change one key at a time, the second sees that it is not any more what they read.
    private async Task ChangeAsync(ApiKey key, Func<RuntimeTransaction, Task<int>> change)
    {
        if (await database.ChangeAsync(change) == 0)
        {
            throw Refusal.Conflict(409, "API key changed", $"The key '{key.Name}' was changed, lent or taken back meanwhile. Read it again.");
        }
    }

    private async Task<IReadOnlyList<NamedApiKey>> ListAsync(string where, object arguments) => [.. (await database.ReadAsync(db =>
        db.ListAsync<ApiKeyRow>($"SELECT {ApiKeyRow.Columns}, {Names} WHERE {where} {Newest}", arguments))).Select(row => row.ToNamed())];

    private static async Task RefuseOrphanAsync(RuntimeTransaction db, ApiKey key)
    {
        if (key.ApiId is not null && !await db.AnyAsync("SELECT 1 FROM apis WHERE id = @ApiId", new { key.ApiId }))
        {
            throw Refusal.NotFound(900308, "API", key.ApiId);
        }

        if (key.ApplicationId is not null && !await db.AnyAsync("SELECT 1 FROM applications WHERE id = @ApplicationId", new { key.ApplicationId }))
        {
            throw Refusal.NotFound(900307, "application", key.ApplicationId);
        }
    }

    private static async Task RefuseManyAsync(RuntimeTransaction db, ApiKey key)
    {
        var count = await db.FirstAsync<int>(
            "SELECT COUNT(*) FROM api_keys WHERE scope_key = @scope AND key_type = @keyType",
            new { scope = ScopeOf(key), keyType = EnumText<KeyType>.Of(key.KeyType) });
        if (count >= Most)
        {
            throw Refusal.BadRequest($"There are {Most} keys of this kind already, the most there can be. Revoke some that are not used any more.");
        }
    }

    // Names are an application's own; for an API each user has names of his own, and learns nothing of other users' names.
    private static string ScopeOf(ApiKey key) => key.ApiId is null
        ? key.ApplicationId!
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{key.ApiId}\n{key.Owner}")));

    private static Task<int> InsertAsync(RuntimeTransaction db, ApiKey key) => db.ExecuteAsync(
        """
        INSERT INTO api_keys (id, organization, name, scope_key, name_key, application_id, api_id, key_type, key_hash, token_id, owner,
                              permitted_ip, permitted_referer, validity, created_at, last_used_at, runtime_version)
        VALUES (@Id, @Organization, @Name, @scope, @nameKey, @ApplicationId, @ApiId, @keyType, @Hash, @TokenId, @Owner,
                @PermittedIp, @PermittedReferer, @Validity, @CreatedAt, 0, @version)
        """,
        new
        {
            key.Id, key.Organization, key.Name, key.ApplicationId, key.ApiId, key.Hash, key.TokenId, key.Owner, key.PermittedIp,
            key.PermittedReferer, key.Validity, key.CreatedAt, scope = ScopeOf(key), keyType = EnumText<KeyType>.Of(key.KeyType),
            // What has no name is unique by its id.
            nameKey = key.Name.Length > 0 ? NameKey.Of(key.Name) : key.Id, version = db.Version,
        });
}
