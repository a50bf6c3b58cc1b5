using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>How calls travel to a backend and back: streaming, large bodies, odd answers, backends that fail.</summary>
public sealed class ForwardingTests(SharedNode shared)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Response_WrittenPieceByPiece_ArrivesPieceByPiece()
    {
        var release = new TaskCompletionSource();
        await using var backend = await TestBackend.StartAsync();
        backend.Answer = async http =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync("data: one\n\n");
            await http.Response.Body.FlushAsync();
            await release.Task;
            await http.Response.WriteAsync("data: two\n\n");
        };
        var (path, token) = await PublishAsync(backend);

        using var response = await SendAsync(HttpMethod.Get, path, token, null, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal("data: one", await lines.ReadLineAsync().WaitAsync(Patience));
        release.SetResult();
        Assert.Equal("data: two", (await lines.ReadToEndAsync()).Trim());
    }

    [Fact]
    public async Task Response_OfKnownLengthWithItsEndInAPieceOfItsOwn_ArrivesWhole()
    {
        await using var backend = await TestBackend.StartAsync();
        var first = new TaskCompletionSource();
        backend.Answer = async http =>
        {
            http.Response.ContentLength = 8;
            await http.Response.WriteAsync("begi");
            await http.Response.Body.FlushAsync();
            await first.Task;
            await http.Response.WriteAsync("nend");
        };
        var (path, token) = await PublishAsync(backend);

        using var response = await SendAsync(HttpMethod.Get, path, token, null, HttpCompletionOption.ResponseHeadersRead);
        var body = await response.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[4]).AsTask().WaitAsync(Patience);
        first.SetResult();
        using var rest = new StreamReader(body);
        Assert.Equal("nend", await rest.ReadToEndAsync().WaitAsync(Patience));
    }

    [Fact]
    public async Task Request_SentPieceByPiece_ReachesTheBackendBeforeItIsWhole()
    {
        var first = new TaskCompletionSource<string>();
        await using var backend = await TestBackend.StartAsync(recordBodies: false);
        backend.Answer = async http =>
        {
            var buffer = new byte[100];
            first.TrySetResult(Encoding.ASCII.GetString(buffer, 0, await http.Request.Body.ReadAsync(buffer)));
            await http.Request.Body.CopyToAsync(Stream.Null);
        };
        var (path, token) = await PublishAsync(backend);

        var content = new PacedContent();
        var pending = SendAsync(HttpMethod.Post, path, token, content);
        await content.WriteAsync("first");
        Assert.Equal("first", await first.Task.WaitAsync(Patience));
        content.Complete();
        Assert.Equal(HttpStatusCode.OK, (await pending).StatusCode);
    }

    [Fact]
    public async Task Bodies_OfManyMegabytes_ArriveWholeBothWays()
    {
        var body = RandomNumberGenerator.GetBytes(30 * 1024 * 1024);
        await using var backend = await TestBackend.StartAsync(recordBodies: false);
        backend.Answer = async http =>
        {
            http.Response.Headers["X-Received"] = Convert.ToHexString(await SHA256.HashDataAsync(http.Request.Body));
            await http.Response.Body.WriteAsync(body);
        };
        var (path, token) = await PublishAsync(backend);

        foreach (var chunked in (bool[])[false, true])
        {
            var content = new ByteArrayContent(body);
            using var response = await SendAsync(HttpMethod.Post, path, token, content, chunked: chunked);
            Assert.Equal(Convert.ToHexString(SHA256.HashData(body)), response.Headers.GetValues("X-Received").Single());
            var answered = await response.Content.ReadAsByteArrayAsync();
            Assert.True(body.AsSpan().SequenceEqual(answered), "the answer's body was changed");
        }
    }

    [Fact]
    public async Task Answers_WithoutBodyAndWithRepeatedHeaders_PassUnchanged()
    {
        await using var backend = await TestBackend.StartAsync();
        backend.Answer = http =>
        {
            http.Response.StatusCode = int.Parse(http.Request.Query["status"]!);
            http.Response.Headers.Append("Set-Cookie", "a=1");
            http.Response.Headers.Append("Set-Cookie", "b=2");
            http.Response.Headers.ETag = "\"x\"";
            http.Response.Headers.Connection = "X-Private";
            return Task.CompletedTask;
        };
        var (path, token) = await PublishAsync(backend);
        foreach (var status in (int[])[200, 204, 301, 304, 404, 418, 500, 503])
        {
            using var response = await SendAsync(HttpMethod.Get, $"{path}?status={status}", token);
            Assert.Equal(status, (int)response.StatusCode);
            Assert.Equal(["a=1", "b=2"], response.Headers.GetValues("Set-Cookie"));
            Assert.Equal("\"x\"", response.Headers.ETag!.Tag);
            Assert.False(response.Headers.Contains("Server"), "the gateway named its server");
        }
    }

    [Fact]
    public async Task Head_OfADeclaredOperation_HasTheHeadersAndNoBody()
    {
        await using var backend = await TestBackend.StartAsync();
        backend.Answer = http =>
        {
            http.Response.ContentLength = 1234;
            return Task.CompletedTask;
        };
        var (path, token) = await PublishAsync(backend, "HEAD");
        using var response = await SendAsync(HttpMethod.Head, path, token);
        Assert.Equal((200, 1234), ((int)response.StatusCode, (int)response.Content.Headers.ContentLength!));
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Backend_NotListening_Answers502With101503()
    {
        var backend = await TestBackend.StartAsync();
        var (path, token) = await PublishAsync(backend);
        await backend.DisposeAsync();
        await shared.CallAsync(path, token).ExpectErrorAsync(502, "101503");
    }

    [Fact]
    public async Task Backend_ClosesWithoutAnswer_Answers502With101506()
    {
        await using var backend = await TestBackend.StartAsync();
        backend.Answer = http =>
        {
            http.Abort();
            return Task.CompletedTask;
        };
        var (path, token) = await PublishAsync(backend);
        await shared.CallAsync(path, token).ExpectErrorAsync(502, "101506");
        // The log says why, a line a second: of this call, or of one just before it.
        await Wait.UntilAsync(
            "the line in the log", Patience, () => Task.FromResult(shared.Node.Output.Contains("is refused: BrokeOff", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Backend_BreaksOffInsideTheBody_BreaksTheConnectionToTheClient()
    {
        var begun = new TaskCompletionSource();
        await using var backend = await TestBackend.StartAsync();
        backend.Answer = async http =>
        {
            http.Response.ContentLength = 1_000_000;
            await http.Response.Body.WriteAsync(new byte[1000]);
            await http.Response.Body.FlushAsync();
            await begun.Task;
            http.Abort();
        };
        var (path, token) = await PublishAsync(backend);
        using var response = await SendAsync(HttpMethod.Get, path, token, null, HttpCompletionOption.ResponseHeadersRead);
        begun.SetResult();
        await Assert.ThrowsAsync<HttpRequestException>(() => response.Content.ReadAsByteArrayAsync().WaitAsync(Patience));
    }

    [Fact]
    public async Task Call_OverHttp2AndOverPlainHttp_IsServed()
    {
        await using var backend = await TestBackend.StartAsync();
        var (path, token) = await PublishAsync(backend);
        using var two = new HttpRequestMessage(HttpMethod.Get, shared.Node.GatewayUrl + path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        two.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var overTwo = await shared.Http.SendAsync(two);
        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (overTwo.StatusCode, overTwo.Version));

        using var plain = new HttpRequestMessage(HttpMethod.Get, shared.Node.GatewayHttpUrl + path);
        plain.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var overPlain = await shared.Http.SendAsync(plain);
        Assert.Equal(HttpStatusCode.OK, overPlain.StatusCode);
        Assert.Equal(["https", "http"], backend.Requests.TakeLast(2).Select(request => request.Headers["X-Forwarded-Proto"]));
    }

    [Fact]
    public async Task Calls_ServedAndRefused_AreCountedPerOperationApplicationAndStatus()
    {
        await using var backend = await TestBackend.StartAsync();
        var (path, token) = await PublishAsync(backend);
        await shared.CallAsync(path, token).ExpectAsync(200);
        await shared.CallAsync(path, null).ExpectAsync(401);
        await shared.CallAsync(path, token).ExpectAsync(200);
        var api = (string)(await shared.Admin.GetAsync($"{Portal.Publisher}/apis?query={path.Split('/')[1]}").ExpectAsync(200))["list"]![0]!["id"]!;
        var usage = (await shared.Admin.GetAsync("/api/am/gateway/v2/usage").ExpectAsync(200)).AsArray()
            .Where(line => (string)line!["apiId"]! == api).Select(line => ((int)line!["status"]!, (long)line["calls"]!)).ToList();
        // Publishing waited with calls of its own, so there may be more served ones and refusals from before the subscription was known.
        Assert.True(usage.Single(line => line.Item1 == 200).Item2 >= 2);
        Assert.Equal(1, usage.Single(line => line.Item1 == 401).Item2);
    }

    private async Task<(string Path, string Token)> PublishAsync(TestBackend backend, string? verb = null)
    {
        var name = shared.NewName("Forwarded");
        var more = verb is null
            ? null
            : new JsonObject
            {
                ["operations"] = new JsonArray(
                    new JsonObject { ["verb"] = verb, ["target"] = "/*" }),
            };
        var api = await shared.Portal.PublishAsync(name, backend.Url, more);
        var consumer = await shared.Portal.ConsumerAsync(shared.NewName("Client"));
        var subscription = await shared.Portal.SubscribeAsync(api, consumer);
        await Wait.UntilAsync("the gateway to know the subscription", Patience, async () =>
            (await shared.Admin.GetAsync("/api/am/gateway/v2/state")).Body.Contains(subscription, StringComparison.Ordinal));
        return ($"/{name.ToLowerInvariant()}/1.0.0/x", await shared.Portal.TokenAsync(consumer));
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string token, HttpContent? content = null,
        HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead, bool chunked = false)
    {
        using var request = new HttpRequestMessage(method, shared.Node.GatewayUrl + path) { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        request.Headers.TransferEncodingChunked = chunked ? true : null;
        return await shared.Http.SendAsync(request, completion);
    }

    /// <summary>A body that the test writes while the request is under way.</summary>
    private sealed class PacedContent : HttpContent
    {
        private readonly TaskCompletionSource<Stream> _stream = new();
        private readonly TaskCompletionSource _done = new();

        public async Task WriteAsync(string text)
        {
            var stream = await _stream.Task.WaitAsync(Patience);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(text));
            await stream.FlushAsync();
        }

        public void Complete() => _done.SetResult();

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            _stream.SetResult(stream);
            return _done.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
