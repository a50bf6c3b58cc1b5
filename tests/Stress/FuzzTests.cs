using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

[assembly: AssemblyFixture(typeof(SharedNode))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Tollgate.Stress;

/// <summary>Nonsense on every port: the answer is a 4xx or a closed connection, never a failure inside.</summary>
public sealed class FuzzTests(SharedNode shared)
{
    private const int Requests = 2_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private static ReadOnlySpan<byte> Delimiters => "\r\n :;/%{}[]\",.\0"u8;

    [Fact]
    public async Task Gateway_MutatedRequests_AreRefusedWithoutAFailureInside()
    {
        var name = shared.NewName("Fuzzed");
        await shared.Portal.PublishAsync(name, shared.Backend.Url, new JsonObject
        {
            ["operations"] = new JsonArray(new JsonObject { ["verb"] = "GET", ["target"] = "/*", ["authType"] = "None" }),
        });
        await shared.UntilAsync($"/{name.ToLowerInvariant()}/1.0.0/x", null, 200);
        var url = new Uri(shared.Node.GatewayHttpUrl);
        var template = Encoding.Latin1.GetBytes(
            $"GET /{name.ToLowerInvariant()}/1.0.0/a/%2E%41?b=c%00 HTTP/1.1\r\nHost: {url.Authority}\r\nAuthorization: Bearer eyJ.e30.x, Basic a\r\n"
            + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\nConnection: close, X-A\r\nX-A: 1\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
        var random = new Random(20261126);
        SortedSet<int> statuses = [];
        for (var i = 0; i < Requests; i++)
        {
            if (await StatusAsync(url, Mutate(template, random)) is { } status)
            {
                statuses.Add(status);
            }
        }

        // 200: the mutation hit the query or a header that does not matter; 429: the limit on anonymous calls.
        Assert.All(statuses, status => Assert.True(status is 200 or (>= 400 and < 500) or 505, $"status {status}"));
        Assert.Contains(400, statuses);
        Assert.DoesNotContain("failed inside the gateway", shared.Node.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Management_MutatedBodies_AreRefusedWithoutAFailureInside()
    {
        var random = new Random(20261127);
        var api = new JsonObject
        {
            ["name"] = "Fuzz",
            ["version"] = "1",
            ["context"] = "/fuzz",
            ["policies"] = new JsonArray("Unlimited"),
            ["tags"] = new JsonArray("a"),
            ["endpointConfig"] = Portal.Endpoint(shared.Backend.Url),
            ["operations"] = new JsonArray(new JsonObject { ["verb"] = "GET", ["target"] = "/{a}", ["scopes"] = new JsonArray() }),
        };
        var policy = JsonNode.Parse(
            """
            {"policyName": "Fuzz", "defaultLimit": {"type": "REQUESTCOUNTLIMIT", "requestCount": {"requestCount": 5, "timeUnit": "min", "unitTime": 1}}}
            """)!;
        foreach (var (path, body) in ((string, JsonNode)[])
            [
                (Portal.Publisher + "/apis", api),
                (Portal.Admin + "/throttling/policies/subscription", policy),
                (Portal.Admin + "/users", new JsonObject { ["userName"] = "fuzz", ["password"] = "long-enough-1", ["roles"] = new JsonArray("admin") }),
                (Portal.DevPortal + "/applications", new JsonObject { ["name"] = "Fuzz", ["throttlingPolicy"] = "Unlimited" }),
            ])
        {
            var template = Encoding.UTF8.GetBytes(body.ToJsonString());
            for (var i = 0; i < Requests / 10; i++)
            {
                var mutated = Mutate(template, random);
                using var content = new ByteArrayContent(mutated) { Headers = { { "Content-Type", "application/json" } } };
                var answer = await shared.Admin.SendAsync(HttpMethod.Post, path, content);
                Assert.True(answer.Code is 201 or (>= 400 and < 500), $"{path}: {answer.Code} {answer.Body}\n{Encoding.UTF8.GetString(mutated)}");
            }
        }
    }

    // The first status line of the answer; null when the connection was closed without one, or the request is still waited for.
    private static async Task<int?> StatusAsync(Uri url, byte[] request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port);
        using var patience = new CancellationTokenSource(Patience);
        var buffer = new byte[4096];
        try
        {
            await client.GetStream().WriteAsync(request, patience.Token);
            var read = await client.GetStream().ReadAtLeastAsync(buffer, 12, throwOnEndOfStream: false, patience.Token);
            return read < 12 ? null : int.Parse(Encoding.Latin1.GetString(buffer, 9, 3));
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            return null;
        }
    }

    private static byte[] Mutate(byte[] template, Random random)
    {
        List<byte> bytes = [.. template];
        for (var count = random.Next(1, 6); count > 0; count--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.Insert(at, Delimiters[random.Next(Delimiters.Length)]);
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(30), bytes.Count - at)));
                    break;
            }
        }

        return [.. bytes];
    }
}
