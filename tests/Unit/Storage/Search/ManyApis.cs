using System.Collections.Concurrent;
using System.Globalization;
using Tollgate.Databases;
using Tollgate.Model;
using Tollgate.Storage;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Runtime;

namespace Tollgate.Unit.Storage.Search;

/// <summary>A database per product with 10,000 APIs; every tenth is not published, every second is for subscribers only.</summary>
/// <remarks>Servers have not counted them yet when the tests begin: no plan may rest on statistics that come some time after a large import.</remarks>
public sealed class ManyApis : IDisposable
{
    private const int Apis = 10_000;

    private readonly ConcurrentDictionary<string, Lazy<Task<World>>> _worlds = new();

    public async Task<ApimDatabase> OnAsync(string product)
    {
        Products.Need(product);
        return (await _worlds.GetOrAdd(product, static name => new(() => SeededAsync(name))).Value).Apim;
    }

    public void Dispose()
    {
        foreach (var world in _worlds.Values.Where(world => world is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }))
        {
            world.Value.Result.Dispose();
        }
    }

    // One API as the store writes it, then copies of its rows by number: 10,000 creations would take longer than the test run.
    private static async Task<World> SeededAsync(string product)
    {
        var world = await World.CreateAsync(product);
        var pattern = new Api
        {
            Id = "api-000000",
            Organization = Organization.Default,
            Name = "Api 000000",
            Version = "1.0.0",
            Context = "/api000000",
            Provider = "admin",
            State = LifecycleState.Published,
            Design = new ApiDesign { Description = "The API of number 000000. " + new string('d', 2_000), Tags = ["tag0"] },
            UpdatedBy = "admin",
            RowVersion = 1,
        };
        var definition = $$"""{"openapi":"3.0.1","paths":{"/lookup":{"get":{"summary":"special000000 {{Text()}}"} } } }""";
        await world.Apis.CreateAsync(pattern, new ApiContent([], definition));
        await using var session = await world.Database.OpenLongAsync();
        var db = new Transaction(session, CancellationToken.None);
        if (product is DatabaseServer.MariaDb or Products.Utf8MariaDb)
        {
            await db.ExecuteAsync("SET SESSION sql_mode = 'PIPES_AS_CONCAT'");
        }

        await db.ExecuteAsync(world.Database.Dialect.Types(
            "CREATE TABLE numbers (i {long} NOT NULL PRIMARY KEY, six {id} NOT NULL, tag {id}, team {id}) {options}"));
        await db.ExecuteAsync("INSERT INTO numbers (i, six, tag, team) VALUES " + string.Join(", ", Enumerable.Range(1, Apis - 1).Select(
            i => string.Create(CultureInfo.InvariantCulture, $"({i}, '{i:000000}', 'tag{i / 10 % 100}', 'team{i / 10 % 10}')"))));
        foreach (var statement in Copies())
        {
            await db.ExecuteAsync(statement);
        }

        return world;
    }

    private static string Text() => string.Join(' ', Enumerable.Range(0, 60).Select(n => $"word{n}"));

    private static IEnumerable<string> Copies()
    {
        yield return """
            INSERT INTO apis (id, organization, name, name_key, version, context, served_context, provider, state, is_default_version, design,
                              next_revision, created_at, updated_at, updated_by, row_version, runtime_version)
            SELECT 'api-' || n.six, organization, 'Api ' || n.six, 'api ' || n.six, version, '/api' || n.six, '/api' || n.six || '/1.0.0', provider,
                   CASE WHEN n.i % 10 = 9 THEN 'CREATED' ELSE state END, 0, design, 1, n.i, n.i, updated_by, 1, 1
            FROM apis, numbers n
            """;
        yield return "INSERT INTO api_tags (api_id, tag_key, tag) SELECT 'api-' || six, tag, tag FROM numbers";
        yield return """
            INSERT INTO api_facts (api_id, item, fact, value_key)
            SELECT 'api-' || n.six, f.item, f.fact, replace(f.value_key, '000000', n.six) FROM api_facts f, numbers n WHERE f.api_id = 'api-000000'
            """;
        yield return "INSERT INTO api_facts (api_id, item, fact, value_key) SELECT 'api-' || six, 99, 'shown owner', team FROM numbers";
        yield return """
            INSERT INTO search_texts (id, api_id, kind, audience_key, entry, body)
            SELECT replace(t.id, '000000', n.six), 'api-' || n.six, t.kind, '', '', replace(replace(t.body, '000000', n.six), 'xtag0', 'x' || n.tag)
            FROM search_texts t, numbers n WHERE t.api_id = 'api-000000'
            """;
        yield return "INSERT INTO api_roles (api_id, purpose, role_key) SELECT 'api-' || six, 'VISIBILITY', 'subscriber' FROM numbers WHERE i % 2 = 0";
    }
}
