using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Tollgate.Model;
using Tollgate.Model.Runtime;
using Tollgate.Security.Secrets;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Runtime;
using Tollgate.Sync.Announce;
using Tollgate.Sync.Compile;

namespace Tollgate.Sync.Serve;

/// <summary>The runtime feed and the list of those who follow it.</summary>
internal sealed class FeedEndpoint(
    RuntimeFeed feed, ApimDatabase database, VersionPoll versions, DeploymentCompiler compiler, FollowingNodes nodes,
    IHostApplicationLifetime lifetime, MasterKey masterKey, TimeProvider time)
{
    private const int LongestWaitSeconds = 60;
    private const int MostEnvironments = 100;
    private const int MostNameLength = 255;
    private const int FlushEvery = 64 * 1024;

    // Not a row: any node derives it. It goes with every answer, so that a follower of any age has it.
    private readonly RuntimeChange _secretCheck = new()
    {
        Version = 0,
        Kind = RuntimeKind.SecretCheck,
        Id = OpaqueSecrets.KeyPurpose,
        SecretCheck = new RuntimeSecretCheck(masterKey.Derive(OpaqueSecrets.KeyPurpose)),
    };

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(FeedNames.Path, ChangesAsync).NodesOnly();
        routes.MapGet("/internal/runtime/nodes", NodesAsync).NodesOnly();
    }

    private async Task ChangesAsync(HttpContext http)
    {
        var query = http.Request.Query;
        var since = new RuntimeCursor(query["epoch"].ToString(), Number(query["since"].ToString(), "since", long.MaxValue));
        var wait = TimeSpan.FromSeconds(Number(query["wait"].ToString(), "wait", LongestWaitSeconds));
        if (query["node"].ToString() is { Length: > 0 and <= 100 } node)
        {
            nodes.Saw(node, Short(query["profile"].ToString()), [.. query["environment"].OfType<string>().Take(MostEnvironments).Select(Short)], since.Version);
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        if (await database.CursorAsync(ended.Token) is var newest && newest == since)
        {
            await versions.WaitAsync(since.Version, wait, ended.Token);
        }

        await AnswerAsync(http, since, ended.Token);
    }

    private async Task AnswerAsync(HttpContext http, RuntimeCursor since, CancellationToken cancellation)
    {
        http.Response.ContentType = FeedNames.ContentType;
        var changes = 1L;
        var version = 0L;
        await feed.ReadAsync(
            since,
            new FeedReceiver(
                head =>
                {
                    version = head.To.Version;
                    WriteLine(http, new FeedStart(head.To.Epoch, head.From.Version, version, time.GetUtcNow().ToUnixTimeMilliseconds()));
                    WriteLine(http, _secretCheck);
                    return Task.CompletedTask;
                },
                compiler.Compile,
                async change =>
                {
                    changes++;
                    WriteLine(http, change);
                    if (http.Response.BodyWriter.UnflushedBytes > FlushEvery)
                    {
                        await http.Response.BodyWriter.FlushAsync(cancellation);
                    }
                }),
            cancellation);
        WriteLine(http, new FeedEnd(version, changes));
        await http.Response.BodyWriter.FlushAsync(cancellation);
    }

    private async Task NodesAsync(HttpContext http)
    {
        http.Response.ContentType = FeedNames.ContentType;
        foreach (var node in nodes.All())
        {
            WriteLine(http, node);
        }

        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    private static void WriteLine<T>(HttpContext http, T value)
    {
        using (var writer = new Utf8JsonWriter(http.Response.BodyWriter))
        {
            JsonSerializer.Serialize(writer, value, ModelJson.Options);
        }

        var newLine = http.Response.BodyWriter.GetSpan(1);
        newLine[0] = (byte)'\n';
        http.Response.BodyWriter.Advance(1);
    }

    private static string Short(string name) => name.Length <= MostNameLength ? name : name[..MostNameLength];

    private static long Number(string text, string name, long most) => text.Length == 0 ? 0
        : long.TryParse(text, out var number) && number >= 0 ? Math.Min(number, most)
        : throw Refusal.BadRequest($"The query parameter '{name}' must be a whole number of at least 0.");
}
