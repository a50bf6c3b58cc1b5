using System.Diagnostics;
using System.Net.Sockets;
using System.Net.WebSockets;
using Tollgate.Flows.Harness;
using Tollgate.Flows.Sockets;

namespace Tollgate.Stress;

/// <summary>WebSocket connections that are silent, many, or open when the node stops.</summary>
public sealed class WebSocketTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly TestHome _home = new(
        """
        [gateway.websocket]
        idle_timeout = 8
        """);

    private EchoBackend _backend = null!;
    private TestNode _node = null!;
    private HttpClient _http = null!;
    private Portal _portal = null!;
    private WebSocketApi _api = null!;

    private string Room => _node.GatewayWsUrl + _api.Path + "/room";

    public async ValueTask InitializeAsync()
    {
        _backend = await EchoBackend.StartAsync();
        _node = await TestNode.StartAsync(_home);
        _http = _node.CreateClient();
        var admin = Caller.Basic(_http, _node.ManagementUrl, "admin", TestHome.AdminPassword);
        _portal = new Portal(admin, _node.ManagementUrl);
        _api = await WebSocketApi.PublishAsync(_portal, "Room", _backend.Url);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _node.DisposeAsync();
        await _backend.DisposeAsync();
        _home.Dispose();
    }

    [Fact]
    public async Task Connection_SilentForTooLong_IsClosedAndOneThatTalksIsNot()
    {
        using var silent = await ConnectAsync();
        using var talking = await ConnectAsync();
        var closing = WebSocketApi.CloseCodeAsync(silent, Patience);
        while (!closing.IsCompleted)
        {
            await WebSocketApi.EchoAsync(talking, "still here");
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }

        Assert.Equal(1001, await closing);
        await WebSocketApi.EchoAsync(talking, "still here");
    }

    [Fact]
    public async Task Connection_WhoseTokenExpires_IsClosedWith4001()
    {
        var brief = await _portal.KeysAsync(_api.Consumer.ApplicationId, "5", "SANDBOX");
        var token = await _portal.TokenAsync(brief);
        using var client = await WebSocketApi.ConnectAsync(_node, Room, options => WebSocketApi.Bear(options, token));
        var closing = WebSocketApi.CloseCodeAsync(client, Patience);
        for (; !closing.IsCompleted; await Task.Delay(TimeSpan.FromMilliseconds(500)))
        {
            await client.SendAsync(ReadOnlyMemory<byte>.Empty, WebSocketMessageType.Text, endOfMessage: false, CancellationToken.None);
        }

        Assert.Equal(4001, await closing);
    }

    // A peer whose machine is gone answers nothing, a close frame neither.
    [Fact]
    public async Task Connection_ThatNeverAnswers_IsBrokenOffAndLeavesNothingBehind()
    {
        using var client = new TcpClient();
        var url = new Uri(Room);
        await client.ConnectAsync(url.Host, url.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(WebSocketApi.Handshake(url, _api.Token));
        await Wait.UntilAsync("the connection", Patience, () => Task.FromResult(_backend.Open == 1));
        await Wait.UntilAsync("the end of it", Patience, () => Task.FromResult(_backend.Open == 0));
        var buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer).AsTask().WaitAsync(Patience) > 0)
            {
                // The answer to the handshake, then a close frame.
            }
        }
        catch (IOException)
        {
            // Broken off.
        }
    }

    [Fact]
    public async Task Stop_WithOpenConnections_SaysGoodbyeAndEndsInTime()
    {
        using var polite = await ConnectAsync();
        using var deaf = await ConnectAsync();
        var code = WebSocketApi.CloseCodeAsync(polite, Patience);
        var clock = Stopwatch.StartNew();
        Assert.Equal(0, await _node.StopAsync());
        Assert.Equal(1001, await code);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"stopping took {clock.Elapsed}");
    }

    [Fact]
    public async Task Connections_OpenedAndDroppedByTheThousand_LeaveNoSocketBehind()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(number => Task.Run(async () =>
        {
            for (var i = 0; i < 60; i++)
            {
                using var client = await ConnectAsync();
                await WebSocketApi.EchoAsync(client, $"{number} {i}");
                switch (i % 3)
                {
                    case 0:
                        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).WaitAsync(Patience);
                        break;
                    case 1:
                        client.Abort();
                        break;
                    default:
                        await WebSocketApi.SendAsync(client, new string('x', 50_000));
                        break;
                }
            }
        })));
        await Wait.UntilAsync("the backend's connections to end", Patience, () => Task.FromResult(_backend.Open == 0));
        var port = new Uri(_node.GatewayWsUrl).Port;
        await Wait.UntilAsync("the gateway's connections to end", Patience, () => Task.FromResult(!Connections().Contains(port)));
    }

    private static IReadOnlyCollection<int> Connections() =>
    [
        .. System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
            .Where(connection => connection.State is System.Net.NetworkInformation.TcpState.Established or System.Net.NetworkInformation.TcpState.CloseWait)
            .Select(connection => connection.LocalEndPoint.Port),
    ];

    private Task<ClientWebSocket> ConnectAsync() =>
        WebSocketApi.ConnectAsync(_node, Room, options => WebSocketApi.Bear(options, _api.Token));
}
