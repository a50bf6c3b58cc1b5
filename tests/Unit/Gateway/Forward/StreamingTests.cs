using System.Net;

namespace Tollgate.Unit.Gateway.Forward;

/// <summary>Bodies, both ways at once, upgrades, and responses that have none.</summary>
public sealed class StreamingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n", 200, 1234)]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", 200, null)]
    [InlineData("GET", "HTTP/1.1 204 No Content\r\n\r\n", 204, null)]
    [InlineData("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 1234\r\nETag: \"x\"\r\n\r\n", 304, 1234)]
    [InlineData("GET", "HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n", 205, null)]
    public async Task Response_WithoutABody_KeepsItsConnection(string method, string answer, int status, int? length)
    {
        await using var backend = ScriptedBackend.Always(answer);
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        for (var i = 0; i < 3; i++)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), rig.Url);
            using var response = await rig.Http.SendAsync(request).WaitAsync(Patience);
            Assert.Equal(status, (int)response.StatusCode);
            Assert.Empty(await response.Content.ReadAsByteArrayAsync());
            Assert.True(length is null || response.Content.Headers.ContentLength == length);
        }

        Assert.Equal(1, backend.Connections);
        Assert.Empty(rig.Errors);
    }

    [Theory]
    [InlineData("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("HTTP/1.1 205 Reset Content\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("HTTP/1.1 304 Not Modified\r\n\r\nhello")]
    public async Task Response_WithABodyItMayNotHave_LosesItAndItsConnection(string answer)
    {
        await using var backend = ScriptedBackend.Always(answer);
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        for (var i = 0; i < 2; i++)
        {
            using var response = await rig.Http.GetAsync(rig.Url).WaitAsync(Patience);
            Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        }

        Assert.Equal(2, backend.Connections);
        Assert.Empty(rig.Errors);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5_000)]
    [InlineData(16 * 1024)]
    [InlineData(16 * 1024 + 1)]
    [InlineData(1_000_000)]
    public async Task Body_OfAnySize_ReachesTheBackendWhole(int size)
    {
        var body = string.Concat(Enumerable.Range(0, size).Select(i => (char)('a' + (i % 26))));
        var got = new TaskCompletionSource<string>();
        await using var backend = new ScriptedBackend(async side =>
        {
            await side.ReadHeadAsync();
            got.SetResult(await side.ReadAsync(size));
            await side.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            await side.ReadToEndAsync();
        });
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        using var response = await rig.Http.PostAsync(rig.Url, new StringContent(body)).WaitAsync(Patience);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains($"\r\nContent-Length: {size}\r\n", backend.Heads.Single(), StringComparison.Ordinal);
        Assert.True(body == await got.Task, "the body was changed");
    }

    [Fact]
    public async Task Body_InChunks_StaysInChunks()
    {
        var got = new TaskCompletionSource<string>();
        await using var backend = new ScriptedBackend(async side =>
        {
            await side.ReadHeadAsync();
            got.SetResult(await side.ReadAsync("5\r\nhello\r\n0\r\n\r\n".Length));
            await side.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            await side.ReadToEndAsync();
        });
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        using var request = new HttpRequestMessage(HttpMethod.Post, rig.Url) { Content = new StringContent("hello") };
        request.Headers.TransferEncodingChunked = true;
        using var response = await rig.Http.SendAsync(request).WaitAsync(Patience);
        Assert.Equal("5\r\nhello\r\n0\r\n\r\n", await got.Task);
        Assert.Contains("\r\nTransfer-Encoding: chunked\r\n", backend.Heads.Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("Content-Length", backend.Heads.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backend_ThatAnswersBeforeItHasTheBody_IsHeard()
    {
        await using var backend = new ScriptedBackend(async side =>
        {
            await side.ReadHeadAsync();
            await side.SendAsync("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nno!");
            await side.Ended;
        });
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        var answer = await rig.RawAsync("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nthe beginning of it", until: "no!");
        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Empty(rig.Errors);
    }

    [Fact]
    public async Task Client_ThatBreaksOffItsBody_EndsTheConnectionToTheBackend()
    {
        await using var backend = new ScriptedBackend(async side =>
        {
            await side.ReadHeadAsync();
            await side.ReadToEndAsync();
        });
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        await rig.RawAsync("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nthe beginning of it", until: null);
        await rig.UntilAsync(() => backend.Sides.FirstOrDefault()?.Ended.IsCompleted == true);
        await rig.UntilAsync(() => rig.Faults.Count == 1);
        Assert.Empty(rig.Errors);
    }

    [Fact]
    public async Task Client_ThatWaitsForContinue_GetsItAndTheBackendIsNotAsked()
    {
        await using var backend = new ScriptedBackend(async side =>
        {
            await side.ReadHeadAsync();
            await side.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{await side.ReadAsync(5)}");
        });
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        using var client = await rig.ConnectAsync();
        await client.SendAsync("POST /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"u8.ToArray());
        Assert.StartsWith("HTTP/1.1 100 Continue\r\n\r\n", await ForwardRig.ReadAsync(client, "\r\n\r\n"), StringComparison.Ordinal);
        await client.SendAsync("hello"u8.ToArray());
        Assert.EndsWith("hello", await ForwardRig.ReadAsync(client, "hello"), StringComparison.Ordinal);
        Assert.DoesNotContain("Expect", backend.Heads.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trailers_OfABackend_ReachAClientOverHttp2()
    {
        await using var backend = ScriptedBackend.Always("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: abc\r\n\r\n");
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        using var request = new HttpRequestMessage(HttpMethod.Get, rig.Http2Url)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var response = await rig.Http.SendAsync(request);
        Assert.Equal("hello", await response.Content.ReadAsStringAsync());
        Assert.Equal(["abc"], response.TrailingHeaders.GetValues("X-Sum"));
    }

    [Fact]
    public async Task WebSocket_Agreed_CarriesBytesBothWaysUntilOneSideEnds()
    {
        await using var backend = new ScriptedBackend(async side =>
        {
            await side.ReadHeadAsync();
            await side.SendAsync("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\nfirst");
            await side.SendAsync("echo " + await side.ReadAsync(5));
            await side.ReadAsync(3);
        });
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        using var client = await rig.ConnectAsync();
        await client.SendAsync("GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: k\r\n\r\n"u8.ToArray());
        var head = await ForwardRig.ReadAsync(client, "first");
        Assert.StartsWith("HTTP/1.1 101", head, StringComparison.Ordinal);
        Assert.Contains("\r\nUpgrade: websocket\r\n", head, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\r\nSec-WebSocket-Accept: x\r\n", head, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n", backend.Heads.Single(), StringComparison.Ordinal);
        Assert.Contains("\r\nSec-WebSocket-Key: k\r\n", backend.Heads.Single(), StringComparison.Ordinal);
        await client.SendAsync("hello"u8.ToArray());
        Assert.Equal("echo hello", await ForwardRig.ReadAsync(client, "hello"));
        await client.SendAsync("bye"u8.ToArray());
        Assert.Equal("", await ForwardRig.ReadAsync(client, null));
        Assert.Empty(rig.Errors);
    }

    [Fact]
    public async Task WebSocket_Declined_IsAnAnswerLikeAnyOther()
    {
        await using var backend = ScriptedBackend.Always("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        var answer = await rig.RawAsync("GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", until: "\r\n\r\nno");
        Assert.StartsWith("HTTP/1.1 403", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_ThatDoesNotRead_HoldsTheBackendBack()
    {
        const int Block = 1024 * 1024;
        var sent = 0;
        await using var backend = new ScriptedBackend(async side =>
        {
            await side.ReadHeadAsync();
            await side.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {500L * Block}\r\n\r\n");
            var block = new byte[Block];
            while (true)
            {
                await side.SendAsync(block);
                Interlocked.Increment(ref sent);
            }
        });
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        using var client = await rig.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray());
        await client.ReceiveAsync(new byte[100]);
        var (before, rounds) = (-1, 0);
        await rig.UntilAsync(() => before != (before = Volatile.Read(ref sent)) ? (rounds = 0) < 0 : ++rounds == 40);
        // What fits into the buffers of four sockets and the server; nothing like the whole.
        Assert.InRange(before, 0, 60);
        rig.Pass(TimeSpan.FromSeconds(65));
        await rig.UntilAsync(() => rig.Faults.Count == 1);
    }
}
