using System.Text.Json.Nodes;
using Tollgate.Databases;
using Tollgate.Flows.Harness;
using Tollgate.Storage;
using Tollgate.Storage.Dialects;
using Tollgate.Storage.MySql;

namespace Tollgate.Stress.Scale;

/// <summary>An installation with 10,000 APIs, all deployed, and 100,000 applications, each with keys and a subscription.</summary>
internal sealed class Crowd
{
    public const int Apis = 10_000;
    public const int Applications = 100_000;
    private const string Number = "000000";

    private static readonly string[] PartsOfApis =
        ["api_contents", "api_policies", "api_tags", "api_facts", "search_texts", "lifecycle_changes", "revisions", "deployments"];

    public required string ApiId { get; init; }

    public required Consumer Consumer { get; init; }

    public static string NameOf(int api) => "Scale" + Copier.Digits(api);

    /// <summary>Makes one of each over REST, and copies their rows while the node is stopped.</summary>
    public static async Task<Crowd> SettleAsync(TestHome home, TestNode node, string backend)
    {
        using var http = node.CreateClient();
        var portal = new Portal(Caller.Basic(http, node.ManagementUrl, "admin", TestHome.AdminPassword), node.ManagementUrl);
        var api = await portal.PublishAsync(NameOf(0), backend, new JsonObject
        {
            ["description"] = "What the API of number " + Number + " is for.",
            ["tags"] = new JsonArray("crowd", "tag" + Number),
        });
        var consumer = await portal.ConsumerAsync("Crowd" + Number);
        var subscription = await portal.SubscribeAsync(api, consumer);
        var revisions = await portal.Caller.GetAsync($"{Portal.Publisher}/apis/{api}/revisions").ExpectAsync(200);
        await node.StopAsync();

        using var database = new Database(DialectOf(home));
        var copier = new Copier(
            Number,
            [api, (string)revisions["list"]![0]!["id"]!, consumer.ApplicationId, consumer.ConsumerKey, consumer.KeyMappingId, subscription]);
        await database.WriteAsync(
            async session =>
            {
                var db = new Transaction(session, CancellationToken.None);
                await db.ExecuteAsync("UPDATE runtime_version SET version = version + 1 WHERE id = 1");
                var version = await db.FirstAsync<long>("SELECT version FROM runtime_version WHERE id = 1");
                await copier.CopyAsync(session, "apis", "id", api, Apis - 1, version);
                foreach (var table in PartsOfApis)
                {
                    await copier.CopyAsync(session, table, "api_id", api, Apis - 1, version);
                }

                var last = Applications - 1;
                await copier.CopyAsync(session, "applications", "id", consumer.ApplicationId, last, version);
                await copier.CopyAsync(session, "credentials", "application_id", consumer.ApplicationId, last, version);
                await copier.CopyAsync(
                    session, "subscriptions", "application_id", consumer.ApplicationId, last, version, (id, i) => id == api ? i % Apis : i);
                return 0;
            },
            CancellationToken.None);
        return new Crowd { ApiId = api, Consumer = consumer };
    }

    private static Dialect DialectOf(TestHome home)
    {
        if (home.Databases is not [var apim, ..])
        {
            return new SqliteDialect(Path.Combine(home.Path, "repository", "database", "apim_db.db"));
        }

        var address = new ServerAddress
        {
            Host = apim.Server.Host,
            Port = apim.Server.Port,
            Name = apim.Name,
            User = apim.Server.User,
            Password = apim.Server.Password,
            MostConnections = 4,
        };
        return apim.Server.Product == DatabaseServer.PostgreSql ? new PostgreSqlDialect(address) : new MySqlDialect(address);
    }
}
