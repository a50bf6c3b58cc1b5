using Tollgate.Model;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Environments;

/// <summary>Properties of APIs that differ by gateway environment.</summary>
public sealed class EnvironmentPropertyStore(ApimDatabase database, TimeProvider time)
{
    /// <summary>The properties and their row version; none and 0 before the first were saved.</summary>
    public async Task<(IReadOnlyDictionary<string, string> Properties, long RowVersion)> FindAsync(string apiId, string environment) =>
        await database.ReadAsync(db => FindAsync(db, apiId, environment)) is { } row
            ? (ModelJson.Read<Dictionary<string, string>>(row.Properties), row.RowVersion)
            : (new Dictionary<string, string>(), 0);

    /// <summary>Puts properties in the place of those that had this row version.</summary>
    public Task<long> PutAsync(
        string apiId, string environment, IReadOnlyDictionary<string, string> properties, long rowVersion, string user) =>
        database.WriteAsync(async db =>
        {
            await ApiParts.HoldAsync(db, apiId);
            if ((await FindAsync(db, apiId, environment))?.RowVersion is var stored && (stored ?? 0) != rowVersion)
            {
                throw Refusal.Stale("properties");
            }

            await db.ExecuteAsync(
                "DELETE FROM api_environment_properties WHERE api_id = @apiId AND environment = @environment", new { apiId, environment });
            await db.ExecuteAsync(
                """
                INSERT INTO api_environment_properties (api_id, environment, properties, row_version)
                VALUES (@apiId, @environment, @text, @version)
                """,
                new { apiId, environment, text = ModelJson.Write(properties), version = rowVersion + 1 });
            await ApiChangeRows.AddAsync(db, apiId, "environment-properties.changed", environment, [], user, time.GetUtcNow());
            return rowVersion + 1;
        });

    private static Task<Row?> FindAsync(Transaction db, string apiId, string environment) => db.FirstAsync<Row>(
        "SELECT properties, row_version FROM api_environment_properties WHERE api_id = @apiId AND environment = @environment",
        new { apiId, environment });

    private sealed record Row
    {
        public string Properties { get; init; } = "";

        public long RowVersion { get; init; }
    }
}
