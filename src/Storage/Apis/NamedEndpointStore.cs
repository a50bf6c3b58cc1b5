using System.Text.Json;
using Tollgate.Model;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Apis;

/// <summary>Endpoints that have names.</summary>
public sealed class NamedEndpointStore(ApimDatabase database, TimeProvider time)
{
    private const string Columns = "id, api_id, name, stage, settings, definition, row_version";

    public Task<Page<NamedEndpoint>> ListAsync(string apiId, PageRequest page) => database.ReadAsync(async db =>
    {
        var arguments = new { apiId, limit = page.Limit, offset = page.Offset };
        var total = await db.FirstAsync<int>("SELECT COUNT(*) FROM api_endpoints WHERE api_id = @apiId", arguments);
        var rows = await db.ListAsync<EndpointRow>(
            $"SELECT {Columns} FROM api_endpoints WHERE api_id = @apiId ORDER BY name_key LIMIT @limit OFFSET @offset", arguments);
        return new Page<NamedEndpoint>([.. rows.Select(row => row.ToEndpoint())], total);
    });

    public async Task<NamedEndpoint?> FindAsync(string apiId, string id) => (await database.ReadAsync(db => db.FirstAsync<EndpointRow>(
        $"SELECT {Columns} FROM api_endpoints WHERE api_id = @apiId AND id = @id", new { apiId, id })))?.ToEndpoint();

    public Task CreateAsync(NamedEndpoint endpoint, string user) => NamedAsync(endpoint, async db =>
    {
        await NoteAsync(db, endpoint, "endpoint.added", user);
        return await db.ExecuteAsync(
            """
            INSERT INTO api_endpoints (id, api_id, name, name_key, stage, settings, definition, row_version)
            VALUES (@Id, @ApiId, @Name, @nameKey, @Stage, @settings, @Definition, 1)
            """,
            Arguments(endpoint));
    });

    public Task UpdateAsync(NamedEndpoint endpoint, string user) => NamedAsync(endpoint, async db =>
    {
        await NoteAsync(db, endpoint, "endpoint.changed", user);
        var changed = await db.ExecuteAsync(
            """
            UPDATE api_endpoints
            SET name = @Name, name_key = @nameKey, stage = @Stage, settings = @settings, definition = @Definition, row_version = row_version + 1
            WHERE id = @Id AND row_version = @RowVersion
            """,
            Arguments(endpoint));
        return changed == 1 ? changed : throw Refusal.Stale("endpoint");
    });

    public Task DeleteAsync(NamedEndpoint endpoint, string user) => database.WriteAsync(async db =>
    {
        await NoteAsync(db, endpoint, "endpoint.removed", user);
        return await db.ExecuteAsync("DELETE FROM api_endpoints WHERE id = @Id", new { endpoint.Id });
    });

    private async Task NamedAsync(NamedEndpoint endpoint, Func<Transaction, Task<int>> write)
    {
        try
        {
            await database.WriteAsync(write);
        }
        catch (DuplicateException)
        {
            throw Refusal.Conflict(409, "Endpoint exists", $"The API has an endpoint '{endpoint.Name}' already.");
        }
    }

    private async Task NoteAsync(Transaction db, NamedEndpoint endpoint, string action, string user)
    {
        await ApiParts.HoldAsync(db, endpoint.ApiId);
        await ApiChangeRows.AddAsync(db, endpoint.ApiId, action, endpoint.Name, [], user, time.GetUtcNow());
    }

    private static object Arguments(NamedEndpoint endpoint) => new
    {
        endpoint.Id, endpoint.ApiId, endpoint.Name, nameKey = NameKey.Of(endpoint.Name), endpoint.Stage,
        settings = ModelJson.Write(endpoint.Settings), endpoint.Definition, endpoint.RowVersion,
    };

    private sealed record EndpointRow
    {
        public string Id { get; init; } = "";

        public string ApiId { get; init; } = "";

        public string Name { get; init; } = "";

        public string Stage { get; init; } = "";

        public string Settings { get; init; } = "";

        public string? Definition { get; init; }

        public long RowVersion { get; init; }

        public NamedEndpoint ToEndpoint() => new()
        {
            Id = Id,
            ApiId = ApiId,
            Name = Name,
            Stage = Stage,
            Settings = ModelJson.Read<JsonElement>(Settings),
            Definition = Definition,
            RowVersion = RowVersion,
        };
    }
}
