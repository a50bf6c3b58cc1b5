using Tollgate.Model;
using Tollgate.Storage;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Comments;
using Tollgate.Storage.Dialects;
using Tollgate.Storage.Documents;
using Tollgate.Storage.Migrations;
using Tollgate.Storage.Runtime;

namespace Tollgate.Unit.Storage.Apis;

/// <summary>An API that is deleted leaves nothing behind, in whatever table it had rows.</summary>
public sealed class ApiDeletionTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tollgate-deletion-").FullName;
    private Database _opened = null!;
    private ApimDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _opened = new Database(new SqliteDialect(Path.Combine(_folder, "apim.db")));
        _database = new ApimDatabase(_opened, new RuntimeSignal());
        await new Migrator(TimeProvider.System).MigrateAsync(_database);
    }

    public ValueTask DisposeAsync()
    {
        _opened.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task DeleteAsync_OfAnApiWithEverything_LeavesNoRow()
    {
        var api = await FilledAsync();
        var before = await RowsAsync(api.Id);
        Assert.All(
            (string[])["documents", "document_contents", "thumbnails", "comments", "ratings", "revisions", "deployments", "api_changes"],
            table => Assert.Contains(table, before.Keys));

        var stored = await new ApiStore(_database, TimeProvider.System).FindAsync(api.Organization, api.Id);
        await new ApiStore(_database, TimeProvider.System).DeleteAsync(stored!);

        Assert.Empty(await RowsAsync(api.Id));
    }

    private async Task<Api> FilledAsync()
    {
        var api = new Api
        {
            Id = "api-1",
            Organization = Organization.Default,
            Name = "One",
            Version = "1",
            Context = "/one",
            Provider = "admin",
            Design = new ApiDesign { Tags = ["a"], Policies = ["Gold"], Scopes = [new ApiScope(new Scope { Name = "read" })] },
            UpdatedBy = "admin",
            RowVersion = 1,
        };
        await new ApiStore(_database, TimeProvider.System).CreateAsync(
            api, new ApiContent([new Operation { Verb = "GET", Target = "/x" }], """{"openapi":"3.0.1","paths":{}}"""));
        var document = new Document { Id = "document-1", ApiId = api.Id, Name = "Guide", CreatedBy = "admin", UpdatedBy = "admin", RowVersion = 1 };
        await new DocumentStore(_database, TimeProvider.System).CreateAsync(document, new MediaContent("text/plain; charset=utf-8", "text"u8.ToArray()));
        await new CommentStore(_database, TimeProvider.System).CreateAsync(
            new Comment { Id = "comment-1", ApiId = api.Id, Content = "c", EntryPoint = Comment.FromPublisher, CreatedBy = "admin", RowVersion = 1 });
        await new RatingStore(_database, TimeProvider.System).PutAsync(api.Id, "admin", 5);
        var revisions = new RevisionStore(_database, TimeProvider.System);
        var revision = await revisions.CreateAsync(api, null, 5, "admin");
        await revisions.DeployAsync(
            [new Deployment { ApiId = api.Id, RevisionId = revision.Id, Environment = "Default", VirtualHost = "localhost" }], "admin");
        await new ThumbnailStore(_database, TimeProvider.System).PutAsync(api.Id, new MediaContent("image/gif", "GIF89a"u8.ToArray()), "admin");
        return api;
    }

    // Every table with a column api_id, also those that nobody had thought of when this was written.
    private Task<Dictionary<string, long>> RowsAsync(string apiId) => _database.ReadAsync(async db =>
    {
        var rows = new Dictionary<string, long>();
        foreach (var table in await db.ListAsync<string>(
            "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'api_id' WHERE m.type = 'table'"))
        {
            var count = await db.FirstAsync<long>($"SELECT COUNT(*) FROM {table} WHERE api_id = @apiId", new { apiId });
            if (count > 0)
            {
                rows[table] = count;
            }
        }

        return rows;
    });
}
