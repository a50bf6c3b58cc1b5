using System.Net;
using Tollgate.Gateway;

namespace Tollgate.Unit.Gateway.Forward;

/// <summary>Connections to backends: when they are used again, when a request is repeated, when they are dropped.</summary>
public sealed class ConnectionTests
{
    private const string Hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Calls_OneAfterTheOther_UseOneConnection()
    {
        await using var backend = ScriptedBackend.Always(Hello);
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        for (var i = 0; i < 20; i++)
        {
            using var response = await rig.Http.GetAsync(new Uri(rig.Url, $"/things/{i}?q={i}"));
            Assert.Equal((HttpStatusCode.OK, "hello"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        }

        Assert.Equal((1, 20), (backend.Connections, backend.Heads.Count));
        Assert.StartsWith("GET /things/0?q=0 HTTP/1.1\r\nHost: 127.0.0.1:", backend.Heads.First(), StringComparison.Ordinal);
        Assert.Empty(rig.Errors);
    }

    [Fact]
    public async Task Calls_AllAtOnce_GetTheirOwnAnswers()
    {
        await using var backend = new ScriptedBackend(async side =>
        {
            while (await side.ReadHeadAsync() is { } head)
            {
                var target = head.Split(' ')[1];
                await side.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {target.Length}\r\n\r\n{target}");
            }
        });
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        await Task.WhenAll(Enumerable.Range(0, 32).Select(async caller =>
        {
            for (var i = 0; i < 25; i++)
            {
                Assert.Equal($"/{caller}/{i}", await rig.Http.GetStringAsync(new Uri(rig.Url, $"/{caller}/{i}")));
            }
        }));
        Assert.Equal(800, backend.Heads.Count);
        Assert.InRange(backend.Connections, 1, 32);
        Assert.Empty(rig.Errors);
    }

    [Theory]
    [InlineData("GET", "", 200, 2)]
    [InlineData("HEAD", "", 200, 2)]
    [InlineData("PUT", "small", 200, 2)]
    [InlineData("DELETE", "", 200, 2)]
    [InlineData("POST", "", 502, 1)]
    [InlineData("POST", "small", 502, 1)]
    [InlineData("PATCH", "small", 502, 1)]
    public async Task Request_OnAConnectionThatEndsInstead_IsRepeatedOnceWhereNothingCanHappenTwice(string method, string body, int status, int connections)
    {
        await using var backend = new ScriptedBackend(async side =>
        {
            await side.ReadHeadAsync();
            await side.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            if (side.Number == 1)
            {
                await side.ReadHeadAsync();
                return;
            }

            await side.ReadToEndAsync();
        });
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        await rig.Http.GetStringAsync(rig.Url);
        using var request = new HttpRequestMessage(new HttpMethod(method), rig.Url) { Content = body.Length == 0 ? null : new StringContent(body) };
        using var response = await rig.Http.SendAsync(request);
        Assert.Equal((status, connections), ((int)response.StatusCode, backend.Connections));
    }

    [Fact]
    public async Task Request_OnANewConnectionThatEnds_IsNotRepeated()
    {
        await using var backend = new ScriptedBackend(side => side.ReadHeadAsync());
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        using var response = await rig.Http.GetAsync(rig.Url);
        Assert.Equal((HttpStatusCode.BadGateway, 1), (response.StatusCode, backend.Connections));
        Assert.Same(Faults.ProtocolViolation, Assert.Single(rig.Faults));
    }

    [Fact]
    public async Task Request_RepeatedOnAConnectionThatEndsToo_IsNotRepeatedAgain()
    {
        await using var backend = new ScriptedBackend(async side =>
        {
            await side.ReadHeadAsync();
            if (side.Number == 1)
            {
                await side.SendAsync(Hello);
                await side.ReadHeadAsync();
            }
        });
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        await rig.Http.GetStringAsync(rig.Url);
        using var response = await rig.Http.GetAsync(rig.Url);
        Assert.Equal((HttpStatusCode.BadGateway, 2), (response.StatusCode, backend.Connections));
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")]
    [InlineData("x")]
    public async Task Connection_ThatEndsOrSpeaksWhileIdle_IsNotUsedAgain(string said)
    {
        var released = new TaskCompletionSource();
        await using var backend = new ScriptedBackend(async side =>
        {
            await side.ReadHeadAsync();
            await side.SendAsync(Hello);
            if (side.Number == 1)
            {
                await released.Task;
                await side.SendAsync(said);
                return;
            }

            await side.ReadToEndAsync();
        });
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        await rig.Http.GetStringAsync(rig.Url);
        released.SetResult();
        await rig.UntilAsync(() => rig.TickedCount == 0);
        // Not even a POST notices.
        using var response = await rig.Http.PostAsync(rig.Url, new StringContent("body"));
        Assert.Equal((HttpStatusCode.OK, 2), (response.StatusCode, backend.Connections));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloX")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello")]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison")]
    public async Task Connection_ThatCannotBeTrustedAfterItsResponse_IsNotUsedAgain(string answer)
    {
        await using var backend = ScriptedBackend.Always(answer);
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("hello", await rig.Http.GetStringAsync(rig.Url));
        }

        Assert.Equal(3, backend.Connections);
    }

    [Fact]
    public async Task Connection_IdleForLong_IsClosed()
    {
        await using var backend = ScriptedBackend.Always(Hello);
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        await rig.Http.GetStringAsync(rig.Url);
        rig.Pass(TimeSpan.FromSeconds(50));
        await rig.Http.GetStringAsync(rig.Url);
        Assert.Equal(1, backend.Connections);
        rig.Pass(TimeSpan.FromSeconds(70));
        await backend.Sides.First().Ended.WaitAsync(Patience);
        Assert.Equal(0, rig.TickedCount);
        await rig.Http.GetStringAsync(rig.Url);
        Assert.Equal(2, backend.Connections);
    }

    [Fact]
    public async Task Connection_OfOldAge_IsClosedAfterItsCall()
    {
        await using var backend = ScriptedBackend.Always(Hello);
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        for (var minute = 0; minute < 22; minute++)
        {
            await rig.Http.GetStringAsync(rig.Url);
            rig.Pass(TimeSpan.FromSeconds(30));
        }

        Assert.Equal(2, backend.Connections);
    }

    [Fact]
    public async Task Backend_ThatCannotBeReached_IsAFaultOfItsOwn()
    {
        var backend = ScriptedBackend.Always(Hello);
        await backend.DisposeAsync();
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        using var response = await rig.Http.GetAsync(rig.Url);
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Same(Faults.ConnectionFailed, Assert.Single(rig.Faults));
    }

    [Theory]
    [InlineData("http://no-such-host.invalid/")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("nonsense")]
    [InlineData("http://[::1]:1/")]
    public async Task Endpoint_ThatLeadsNowhere_IsAFaultOfItsOwn(string endpoint)
    {
        await using var rig = await ForwardRig.StartAsync(endpoint);
        using var response = await rig.Http.GetAsync(rig.Url);
        Assert.Same(Faults.ConnectionFailed, Assert.Single(rig.Faults));
    }
}
