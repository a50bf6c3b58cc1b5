using Tollgate.Model;
using Tollgate.Storage;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Dialects;
using Tollgate.Storage.Migrations;
using Tollgate.Storage.Runtime;

namespace Tollgate.Unit.Storage.Search;

/// <summary>A database with 10,000 APIs; every tenth is not published, every second is for subscribers only.</summary>
public sealed class ManyApis : IAsyncLifetime
{
    private const int Apis = 10_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("tollgate-search-").FullName;
    private Database _database = null!;

    public ApimDatabase Database { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _database = new Database(new SqliteDialect(Path.Combine(_folder, "apim.db")));
        Database = new ApimDatabase(_database, new RuntimeSignal());
        await new Migrator(TimeProvider.System).MigrateAsync(Database);
        await SeedAsync();
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    // One API as the store writes it, then copies of its rows by number: 10,000 creations would take longer than the test run.
    private async Task SeedAsync()
    {
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
        await new ApiStore(Database, TimeProvider.System).CreateAsync(pattern, new ApiContent([], definition));
        await _database.WriteAsync(async db =>
        {
            foreach (var statement in Copies())
            {
                await db.ExecuteAsync(statement, new { last = Apis - 1 });
            }

            return 0;
        });
    }

    private static string Text() => string.Join(' ', Enumerable.Range(0, 60).Select(n => $"word{n}"));

    private static IEnumerable<string> Copies()
    {
        const string Numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @last) ";
        const string Six = "substr('000000' || n.i, -6)";
        yield return $"""
            INSERT INTO apis (id, organization, name, name_key, version, context, served_context, provider, state, is_default_version, design,
                              next_revision, created_at, updated_at, updated_by, row_version, runtime_version)
            {Numbers}
            SELECT 'api-' || {Six}, organization, 'Api ' || {Six}, 'api ' || {Six}, version, '/api' || {Six}, '/api' || {Six} || '/1.0.0', provider,
                   CASE WHEN n.i % 10 = 9 THEN 'CREATED' ELSE state END, 0, design, 1, n.i, n.i, updated_by, 1, 1
            FROM apis, n
            """;
        yield return
            $"INSERT INTO api_tags (api_id, tag_key, tag) {Numbers} SELECT 'api-' || {Six}, 'tag' || (n.i / 10 % 100), 'tag' || (n.i / 10 % 100) FROM n";
        yield return $"""
            INSERT INTO api_facts (api_id, item, fact, value_key) {Numbers}
            SELECT 'api-' || {Six}, f.item, f.fact, replace(f.value_key, '000000', {Six}) FROM api_facts f, n WHERE f.api_id = 'api-000000'
            """;
        yield return
            $"INSERT INTO api_facts (api_id, item, fact, value_key) {Numbers} SELECT 'api-' || {Six}, 99, 'shown owner', 'team' || (n.i / 10 % 10) FROM n";
        yield return $"""
            INSERT INTO search_texts (id, api_id, kind, audience_key, entry, body) {Numbers}
            SELECT replace(t.id, '000000', {Six}), 'api-' || {Six}, t.kind, '', '',
                   replace(replace(t.body, '000000', {Six}), 'xtag0', 'xtag' || (n.i / 10 % 100))
            FROM search_texts t, n WHERE t.api_id = 'api-000000'
            """;
        yield return
            $"INSERT INTO api_roles (api_id, purpose, role_key) {Numbers} SELECT 'api-' || {Six}, 'VISIBILITY', 'subscriber' FROM n WHERE n.i % 2 = 0";
    }
}
