using Tollgate.Databases;
using Tollgate.Model;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Comments;
using Tollgate.Storage.Documents;
using Tollgate.Storage.Runtime;

namespace Tollgate.Unit.Storage.Apis;

/// <summary>An API that is deleted leaves nothing behind, in whatever table it had rows.</summary>
public sealed class ApiDeletionTests
{
    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task DeleteAsync_OfAnApiWithEverything_LeavesNoRow(string product)
    {
        using var world = await World.CreateAsync(product);
        var api = await FilledAsync(world.Apim);
        var before = await RowsAsync(world, api.Id);
        Assert.All(
            (string[])["documents", "document_contents", "thumbnails", "comments", "ratings", "revisions", "deployments", "api_changes"],
            table => Assert.Contains(table, before.Keys));

        var stored = await world.Apis.FindAsync(api.Organization, api.Id);
        await world.Apis.DeleteAsync(stored!);

        Assert.Empty(await RowsAsync(world, api.Id));
    }

    private static async Task<Api> FilledAsync(ApimDatabase database)
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
        await new ApiStore(database, TimeProvider.System).CreateAsync(
            api, new ApiContent([new Operation { Verb = "GET", Target = "/x" }], """{"openapi":"3.0.1","paths":{}}"""));
        var document = new Document { Id = "document-1", ApiId = api.Id, Name = "Guide", CreatedBy = "admin", UpdatedBy = "admin", RowVersion = 1 };
        await new DocumentStore(database, TimeProvider.System).CreateAsync(document, new MediaContent("text/plain; charset=utf-8", "text"u8.ToArray()));
        await new CommentStore(database, TimeProvider.System).CreateAsync(
            new Comment { Id = "comment-1", ApiId = api.Id, Content = "c", EntryPoint = Comment.FromPublisher, CreatedBy = "admin", RowVersion = 1 });
        await new RatingStore(database, TimeProvider.System).PutAsync(api.Id, "admin", 5);
        var revisions = new RevisionStore(database, TimeProvider.System);
        var revision = await revisions.CreateAsync(api, null, 5, "admin");
        await revisions.DeployAsync(
            [new Deployment { ApiId = api.Id, RevisionId = revision.Id, Environment = "Default", VirtualHost = "localhost" }], "admin");
        await new ThumbnailStore(database, TimeProvider.System).PutAsync(api.Id, new MediaContent("image/gif", "GIF89a"u8.ToArray()), "admin");
        return api;
    }

    // Every table with a column api_id, also those that nobody had thought of when this was written.
    private static Task<Dictionary<string, long>> RowsAsync(World world, string apiId) => world.Apim.ReadAsync(async db =>
    {
        var rows = new Dictionary<string, long>();
        foreach (var table in await db.ListAsync<string>(world.Product switch
        {
            Products.Sqlite => "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'api_id' WHERE m.type = 'table'",
            DatabaseServer.PostgreSql =>
                "SELECT table_name FROM information_schema.columns WHERE table_schema = current_schema() AND column_name = 'api_id'",
            _ => "SELECT table_name FROM information_schema.columns WHERE table_schema = DATABASE() AND column_name = 'api_id'",
        }))
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
