using System.Net;
using Tollgate.Gateway;
using Tollgate.Unit.Gateway.Forward.Corpus;

namespace Tollgate.Unit.Gateway.Forward;

/// <summary>What a client sees of a response that is malformed, late, or breaks off: a fault, or a broken connection, and never a clean end.</summary>
public sealed class BrokenResponseTests
{
    private const string Hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Response_OfTheCorpus_NeverEndsCleanlyAndNeverLeavesItsConnectionInUse()
    {
        var answer = "";
        await using var backend = new ScriptedBackend(async side =>
        {
            while (await side.ReadHeadAsync() is { } head)
            {
                await side.SendAsync(head.StartsWith("GET /good", StringComparison.Ordinal) ? Hello : answer);
            }
        });
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        foreach (var bad in BadResponses.ByName.Values)
        {
            answer = bad.Text;
            Assert.Equal("hello", await rig.Http.GetStringAsync(new Uri(rig.Url, "/good")));
            var connections = backend.Connections;
            Assert.Equal("broken", await OutcomeAsync(rig, "/bad"));
            Assert.Equal("hello", await rig.Http.GetStringAsync(new Uri(rig.Url, "/good")));
            Assert.Equal((bad.Name, connections + 1), (bad.Name, backend.Connections));
        }

        Assert.Empty(rig.Errors);
        Assert.All(rig.Faults, fault => Assert.True(fault is null || fault == Faults.ProtocolViolation));
        // What was answered is what was asked: no request was lost or sent twice.
        Assert.Equal(BadResponses.ByName.Count * 3, backend.Heads.Count);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-A: 1\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Len")]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n")]
    [InlineData("H")]
    public async Task Response_ThatBreaksOff_NeverEndsCleanly(string answer)
    {
        foreach (var resets in (bool[])[false, true])
        {
            await using var backend = new ScriptedBackend(async side =>
            {
                await side.ReadHeadAsync();
                await side.SendAsync(answer);
                if (resets)
                {
                    side.Reset();
                }
            });
            await using var rig = await ForwardRig.StartAsync(backend.Url);
            Assert.Equal("broken", await OutcomeAsync(rig, "/"));
            Assert.Same(Faults.ProtocolViolation, Assert.Single(rig.Faults));
            Assert.Empty(rig.Errors);
        }
    }

    [Fact]
    public async Task Response_UntilClose_EndsWithTheConnectionAndBreaksWithAReset()
    {
        await using var backend = new ScriptedBackend(async side =>
        {
            var head = await side.ReadHeadAsync();
            await side.SendAsync("HTTP/1.1 200 OK\r\n\r\nhello");
            if (head!.StartsWith("GET /reset", StringComparison.Ordinal))
            {
                await Task.Yield();
                side.Reset();
            }
        });
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        Assert.Equal("hello", await rig.Http.GetStringAsync(rig.Url));
        Assert.Equal("broken", await OutcomeAsync(rig, "/reset"));
    }

    [Theory]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n", 1000)]
    [InlineData("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 17)]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", 1)]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\n\r\n", 1)]
    public async Task Response_OfTooManyInterimOnesOrAnUpgradeNobodyAskedFor_IsRefused(string interim, int count)
    {
        await using var backend = ScriptedBackend.Always(string.Concat(Enumerable.Repeat(interim, count)) + Hello);
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        Assert.Equal("broken", await OutcomeAsync(rig, "/"));
        Assert.Same(Faults.ProtocolViolation, Assert.Single(rig.Faults));
    }

    [Fact]
    public async Task Backend_ThatNeverAnswers_IsATimeout()
    {
        await using var backend = new ScriptedBackend(async side =>
        {
            await side.ReadHeadAsync();
            await side.ReadToEndAsync();
        });
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        var pending = rig.Http.GetAsync(rig.Url);
        await rig.UntilAsync(() => !backend.Heads.IsEmpty);
        rig.Pass(TimeSpan.FromSeconds(50));
        Assert.Empty(rig.Faults);

        // The head may arrive a moment before the gateway begins to wait for the answer.
        await rig.UntilAsync(() =>
        {
            rig.Pass(TimeSpan.FromSeconds(15));
            return !rig.Faults.IsEmpty;
        });
        using var response = await pending;
        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        Assert.Same(Faults.ResponseTimeout, Assert.Single(rig.Faults));
        await backend.Sides.First().Ended.WaitAsync(Patience);
    }

    [Fact]
    public async Task Backend_ThatFallsSilentInsideTheBody_BreaksTheConnectionToTheClient()
    {
        await using var backend = new ScriptedBackend(async side =>
        {
            await side.ReadHeadAsync();
            await side.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
            await side.ReadToEndAsync();
        });
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        using var response = await rig.Http.GetAsync(rig.Url, HttpCompletionOption.ResponseHeadersRead);
        rig.Pass(TimeSpan.FromSeconds(65));
        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsStringAsync().WaitAsync(Patience));
    }

    [Fact]
    public async Task Response_InDrips_Arrives()
    {
        const string Answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-A: b\r\n\r\n5\r\nhello\r\n1;x\r\n!\r\n0\r\nX-B: c\r\n\r\n";
        await using var backend = new ScriptedBackend(async side =>
        {
            await side.ReadHeadAsync();
            foreach (var c in Answer)
            {
                await side.SendAsync(c.ToString());
                await Task.Yield();
            }

            await side.ReadToEndAsync();
        });
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        Assert.Equal("hello!", await rig.Http.GetStringAsync(rig.Url));
    }

    [Fact]
    public async Task Client_ThatHangsUp_EndsTheConnectionToTheBackend()
    {
        await using var backend = new ScriptedBackend(side => side.ReadToEndAsync());
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        using var leaves = new CancellationTokenSource();
        var pending = rig.Http.GetAsync(rig.Url, leaves.Token);
        await rig.UntilAsync(() => backend.Heads.Count + backend.Connections > 0);
        await leaves.CancelAsync();
        await rig.UntilAsync(() =>
        {
            rig.Sweep.Tick();
            return backend.Sides.First().Ended.IsCompleted;
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
        await rig.UntilAsync(() => rig.Faults.Count == 1);
        Assert.Null(rig.Faults.Single());
    }

    private static async Task<string> OutcomeAsync(ForwardRig rig, string path)
    {
        try
        {
            using var response = await rig.Http.GetAsync(new Uri(rig.Url, path)).WaitAsync(Patience);
            return response.StatusCode == HttpStatusCode.BadGateway ? "broken" : $"{(int)response.StatusCode} and a clean end";
        }
        catch (HttpRequestException)
        {
            return "broken";
        }
    }
}
