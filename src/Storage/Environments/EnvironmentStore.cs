using Tollgate.Model;
using Tollgate.Model.Settings;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Environments;

/// <summary>Gateway environments: those of the configuration, which everybody has, and those that an organization's administrators made.</summary>
public sealed class EnvironmentStore(ApimDatabase database, GatewayEnvironments configured)
{
    private const string Columns = "id, name, terms, row_version";

    /// <summary>All environments of an organization, the configured ones first.</summary>
    public async Task<IReadOnlyList<GatewayEnvironment>> ListAsync(string organization) =>
    [
        .. configured.All,
        .. (await database.ReadAsync(db => db.ListAsync<Row>(
            $"SELECT {Columns} FROM gateway_environments WHERE organization = @organization ORDER BY name_key", new { organization })))
            .Select(row => row.ToEnvironment()),
    ];

    public async Task<GatewayEnvironment?> FindAsync(string organization, string id) =>
        configured.Find(id) ?? (await database.ReadAsync(db => db.FirstAsync<Row>(
            $"SELECT {Columns} FROM gateway_environments WHERE id = @id AND organization = @organization", new { id, organization })))
            ?.ToEnvironment();

    public async Task CreateAsync(string organization, GatewayEnvironment environment)
    {
        try
        {
            await database.WriteAsync(db => db.ExecuteAsync(
                """
                INSERT INTO gateway_environments (id, organization, name, name_key, environment_type, default_host, terms, row_version)
                VALUES (@Id, @organization, @Name, @nameKey, @type, @VirtualHost, @terms, 1)
                """,
                new
                {
                    environment.Id, organization, environment.Name, nameKey = NameKey.Of(environment.Name), type = environment.Type,
                    environment.VirtualHost, terms = ModelJson.Write(environment.Terms),
                }));
        }
        catch (DuplicateException)
        {
            throw NameTaken(environment.Name);
        }
    }

    /// <summary>Saves the terms; what is deployed there is sent to gateways again, because type and hosts decide how it is served.</summary>
    public Task UpdateAsync(string organization, GatewayEnvironment environment) => database.ChangeAsync(async db =>
    {
        var updated = await db.ExecuteAsync(
            """
            UPDATE gateway_environments SET environment_type = @type, default_host = @VirtualHost, terms = @terms, row_version = row_version + 1
            WHERE id = @Id AND row_version = @RowVersion
            """,
            new
            {
                environment.Id, type = environment.Type, environment.VirtualHost, environment.RowVersion,
                terms = ModelJson.Write(environment.Terms),
            });
        if (updated == 0)
        {
            throw Refusal.Stale("environment");
        }

        await RefuseHostInUseAsync(db, organization, environment);
        return await db.ExecuteAsync(
            """
            UPDATE deployments SET runtime_version = @version
            WHERE environment = @Name AND api_id IN (SELECT id FROM apis WHERE organization = @organization)
            """,
            new { environment.Name, organization, version = db.Version });
    });

    /// <summary>Removes an environment; refused while something is deployed there.</summary>
    public Task DeleteAsync(string organization, GatewayEnvironment environment) => database.WriteAsync(async db =>
    {
        if (await db.AnyAsync(
            "SELECT 1 FROM deployments d JOIN apis a ON a.id = d.api_id WHERE d.environment = @Name AND a.organization = @organization LIMIT 1",
            new { environment.Name, organization }))
        {
            throw Refusal.Conflict(
                409, "Environment in use", $"Revisions are deployed on '{environment.Name}'. Undeploy them before you delete the environment.");
        }

        return await db.ExecuteAsync("DELETE FROM gateway_environments WHERE id = @Id", new { environment.Id });
    });

    /// <summary>An organization cannot have two environments of one name, whoever made them; case does not matter.</summary>
    public static Refusal NameTaken(string name) => Refusal.BadRequest($"There is already a gateway environment '{name}'. Names ignore case.", 900504);

    private static async Task RefuseHostInUseAsync(Transaction db, string organization, GatewayEnvironment environment)
    {
        var used = await db.ListAsync<string>(
            """
            SELECT DISTINCT d.virtual_host FROM deployments d JOIN apis a ON a.id = d.api_id
            WHERE d.environment = @Name AND a.organization = @organization
            """,
            new { environment.Name, organization });
        if (used.FirstOrDefault(host => environment.FindHost(host) is null) is { } lost)
        {
            throw Refusal.BadRequest($"Revisions are deployed on the virtual host '{lost}'; it cannot be taken away.", 900504);
        }
    }

    private sealed record Row
    {
        public string Id { get; init; } = "";

        public string Name { get; init; } = "";

        public string Terms { get; init; } = "";

        public long RowVersion { get; init; }

        public GatewayEnvironment ToEnvironment() =>
            new GatewayEnvironment { StoredId = Id, Name = Name, RowVersion = RowVersion }.With(ModelJson.Read<EnvironmentTerms>(Terms));
    }
}
