using System.Text;
using Tollgate.Model;
using Tollgate.Security.Secrets;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.KeyManagers;

/// <summary>Key managers beside the resident one.</summary>
public sealed class KeyManagerStore(ApimDatabase database, MasterKey masterKey)
{
    private const string Columns = "id, organization, name, connector, terms, secrets, row_version";

    public async Task<IReadOnlyList<KeyManager>> ListAsync(string organization) => [.. (await database.ReadAsync(db => db.ListAsync<Row>(
        $"SELECT {Columns} FROM key_managers WHERE organization = @organization ORDER BY name_key", new { organization }))).Select(ToKeyManager)];

    public async Task<KeyManager?> FindAsync(string organization, string id) => await database.ReadAsync(db => db.FirstAsync<Row>(
        $"SELECT {Columns} FROM key_managers WHERE id = @id AND organization = @organization", new { id, organization })) is { } row
            ? ToKeyManager(row)
            : null;

    public async Task CreateAsync(KeyManager keyManager)
    {
        try
        {
            await database.WriteAsync(db => db.ExecuteAsync(
                """
                INSERT INTO key_managers (id, organization, name, name_key, connector, terms, secrets, row_version)
                VALUES (@Id, @Organization, @Name, @nameKey, @Type, @terms, @secrets, 1)
                """,
                Arguments(keyManager)));
        }
        catch (DuplicateException)
        {
            throw NameTaken(keyManager.Name);
        }
    }

    public Task UpdateAsync(KeyManager keyManager) => database.WriteAsync(async db => await db.ExecuteAsync(
        """
        UPDATE key_managers SET terms = @terms, secrets = @secrets, row_version = row_version + 1
        WHERE id = @Id AND row_version = @RowVersion
        """,
        Arguments(keyManager)) == 0 ? throw Refusal.Stale("key manager") : 0);

    /// <summary>Removes a key manager; refused while applications have keys of it.</summary>
    public Task DeleteAsync(KeyManager keyManager) => database.WriteAsync(async db =>
    {
        if (await db.AnyAsync(
            "SELECT 1 FROM credentials WHERE organization = @Organization AND key_manager = @Name LIMIT 1",
            new { keyManager.Organization, keyManager.Name }))
        {
            throw new Refusal(
                412, 412, "Key manager in use", $"Applications have keys of '{keyManager.Name}'. Remove them before you delete the key manager.");
        }

        return await db.ExecuteAsync("DELETE FROM key_managers WHERE id = @Id", new { keyManager.Id });
    });

    /// <summary>The names of the organization's key managers that applications have keys of.</summary>
    public async Task<IReadOnlySet<string>> UsedAsync(string organization) => (await database.ReadAsync(db => db.ListAsync<string>(
        "SELECT DISTINCT key_manager FROM credentials WHERE organization = @organization", new { organization }))).ToHashSet();

    public static Refusal NameTaken(string name) =>
        Refusal.Conflict(409, "Key manager exists", $"There is already a key manager '{name}'. Names ignore case.");

    private object Arguments(KeyManager keyManager) => new
    {
        keyManager.Id, keyManager.Organization, keyManager.Name, nameKey = NameKey.Of(keyManager.Name), keyManager.Type,
        terms = ModelJson.Write(keyManager.Terms),
        secrets = masterKey.Seal(Encoding.UTF8.GetBytes(ModelJson.Write(keyManager.Secrets)), Context(keyManager.Id)),
        keyManager.RowVersion,
    };

    private KeyManager ToKeyManager(Row row) => new()
    {
        Id = row.Id,
        Organization = row.Organization,
        Name = row.Name,
        Type = row.Connector,
        Terms = ModelJson.Read<KeyManagerTerms>(row.Terms),
        Secrets = masterKey.Open(row.Secrets, Context(row.Id)) is { } json
            ? ModelJson.Read<Dictionary<string, string>>(Encoding.UTF8.GetString(json))
            : throw new InvalidOperationException($"The secrets of key manager {row.Id} were not sealed with this master key."),
        RowVersion = row.RowVersion,
    };

    private static string Context(string id) => "key-manager:" + id;

    private sealed record Row
    {
        public string Id { get; init; } = "";

        public string Organization { get; init; } = "";

        public string Name { get; init; } = "";

        public string Connector { get; init; } = "";

        public string Terms { get; init; } = "";

        public byte[] Secrets { get; init; } = [];

        public long RowVersion { get; init; }
    }
}
