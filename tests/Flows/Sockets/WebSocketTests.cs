using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Sockets;

/// <summary>WebSocket connections through the gateway, with a real client and a real backend.</summary>
public sealed class WebSocketTests(SharedNode shared)
{
    private TestNode Node => shared.Node;

    [Fact]
    public async Task Connection_OnBothPorts_CarriesTextBinaryAndLargeMessagesBothWays()
    {
        await using var backend = await EchoBackend.StartAsync();
        var api = await PublishAsync(backend);
        foreach (var gateway in (string[])[Node.GatewayWsUrl, Node.GatewayWssUrl])
        {
            using var client = await ConnectAsync(gateway + api.Path + "/room", api.Token);
            await WebSocketApi.EchoAsync(client, "Grüße");

            var binary = RandomNumberGenerator.GetBytes(100);
            await client.SendAsync(binary, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
            var (type, content) = await WebSocketApi.ReceiveAsync(client);
            Assert.Equal((WebSocketMessageType.Binary, true), (type, binary.AsSpan().SequenceEqual(content)));

            var large = RandomNumberGenerator.GetBytes(1024 * 1024);
            var sending = SendInPiecesAsync(client, large);
            var (_, echoed) = await WebSocketApi.ReceiveAsync(client);
            await sending;
            Assert.True(large.AsSpan().SequenceEqual(echoed), "the message was changed");
        }
    }

    [Fact]
    public async Task Ping_FromTheClient_IsAnsweredByTheBackend()
    {
        await using var backend = await EchoBackend.StartAsync();
        var api = await PublishAsync(backend);
        using var patience = new CancellationTokenSource(WebSocketApi.Patience);
        using var client = new TcpClient();
        var url = new Uri(Node.GatewayWsUrl + api.Path + "/room");
        await client.ConnectAsync(url.Host, url.Port, patience.Token);
        await using var stream = client.GetStream();
        await stream.WriteAsync(WebSocketApi.Handshake(url, api.Token), patience.Token);
        // A ping with a mask of zeros that says "hi".
        await stream.WriteAsync(new byte[] { 0x89, 0x82, 0, 0, 0, 0, (byte)'h', (byte)'i' }, patience.Token);
        var answer = new MemoryStream();
        var buffer = new byte[1024];
        while (!answer.ToArray().AsSpan().EndsWith((byte[])[0x8a, 2, (byte)'h', (byte)'i']))
        {
            var read = await stream.ReadAsync(buffer, patience.Token);
            Assert.NotEqual(0, read);
            answer.Write(buffer, 0, read);
        }
    }

    [Fact]
    public async Task Close_OfEitherSide_PassesWithItsCodeAndReason()
    {
        await using var backend = await EchoBackend.StartAsync();
        var api = await PublishAsync(backend);
        using (var client = await ConnectAsync(Node.GatewayWssUrl + api.Path + "/room", api.Token))
        {
            await client.CloseAsync((WebSocketCloseStatus)4321, "enough", CancellationToken.None).WaitAsync(WebSocketApi.Patience);
            Assert.Equal((4321, "enough"), ((int)client.CloseStatus!, client.CloseStatusDescription));
        }

        backend.Talk = async socket =>
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.InternalServerError, "no more", CancellationToken.None);
            await socket.ReceiveAsync(new byte[10].AsMemory(), CancellationToken.None);
        };
        using var second = await ConnectAsync(Node.GatewayWsUrl + api.Path + "/room", api.Token);
        Assert.Equal(1011, await WebSocketApi.CloseCodeAsync(second));
        Assert.Equal("no more", second.CloseStatusDescription);
        await second.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        await NoneOpenAsync(backend);
    }

    [Fact]
    public async Task EitherSide_GoneWithoutAWord_EndsTheOther()
    {
        await using var backend = await EchoBackend.StartAsync();
        var api = await PublishAsync(backend);
        var client = await ConnectAsync(Node.GatewayWsUrl + api.Path + "/room", api.Token);
        await WebSocketApi.EchoAsync(client, "hello");
        client.Abort();
        await NoneOpenAsync(backend);

        backend.Talk = async socket =>
        {
            await socket.ReceiveAsync(new byte[10].AsMemory(), CancellationToken.None);
            socket.Abort();
        };
        using var second = await ConnectAsync(Node.GatewayWsUrl + api.Path + "/room", api.Token);
        await WebSocketApi.SendAsync(second, "hello");
        await Assert.ThrowsAsync<WebSocketException>(() => WebSocketApi.ReceiveAsync(second));
    }

    [Fact]
    public async Task Reader_ThatPauses_HoldsTheSenderBackAndLosesNothing()
    {
        const int Messages = 800;
        var sent = 0;
        await using var backend = await EchoBackend.StartAsync();
        backend.Talk = async socket =>
        {
            var block = new byte[64 * 1024];
            for (var i = 0; i < Messages; i++)
            {
                BitConverter.TryWriteBytes(block, i);
                await socket.SendAsync(block, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
                Interlocked.Increment(ref sent);
            }

            await socket.ReceiveAsync(new byte[10].AsMemory(), CancellationToken.None);
        };
        var api = await PublishAsync(backend);
        using var client = await ConnectAsync(Node.GatewayWsUrl + api.Path + "/room", api.Token);
        for (var before = -1; before != Volatile.Read(ref sent); await Task.Delay(TimeSpan.FromMilliseconds(300)))
        {
            before = Volatile.Read(ref sent);
        }

        Assert.True(sent < Messages, "somebody holds everything that was sent");
        for (var i = 0; i < Messages; i++)
        {
            Assert.Equal(i, BitConverter.ToInt32((await WebSocketApi.ReceiveAsync(client)).Content));
        }
    }

    [Fact]
    public async Task Handshake_WithTheTokenInTheQuery_PassesTheRestOnAndKeepsTheToken()
    {
        await using var backend = await EchoBackend.StartAsync();
        var api = await PublishAsync(backend, new JsonObject { ["securityScheme"] = new JsonArray("oauth2", "api_key", "oauth_basic_auth_api_key_mandatory") });
        using (var client = await ConnectAsync($"{Node.GatewayWssUrl}{api.Path}/room/7?a=1&access_token={api.Token}&b=%20", null, options =>
        {
            options.AddSubProtocol("chat.v2");
            options.AddSubProtocol("chat.v1");
            options.SetRequestHeader("Origin", "https://shop.example");
            options.SetRequestHeader("X-Forwarded-For", "9.9.9.9");
        }))
        {
            await WebSocketApi.EchoAsync(client, "hello");
            Assert.Equal("chat.v2", client.SubProtocol);
        }

        var handshake = Assert.Single(backend.Handshakes);
        Assert.Equal("/room/7?a=1&b=%20", handshake.Target);
        Assert.Equal("https://shop.example", handshake.Headers["Origin"]);
        Assert.NotEqual("9.9.9.9", handshake.Headers["X-Forwarded-For"]);
        Assert.False(handshake.Headers.ContainsKey("Authorization"));

        var key = (string)(await shared.Admin.PostAsync(
            $"{Portal.DevPortal}/applications/{api.Consumer.ApplicationId}/api-keys/PRODUCTION/generate", new JsonObject { ["validityPeriod"] = 3600 })
            .ExpectAsync(200))["apikey"]!;
        Assert.Equal(101, await WebSocketApi.StatusAsync(Node, $"{Node.GatewayWsUrl}{api.Path}/room?apikey={key}", null));
        Assert.Equal("/room", backend.Handshakes[^1].Target);
        Assert.Equal(401, await WebSocketApi.StatusAsync(Node, $"{Node.GatewayWsUrl}{api.Path}/room?access_token={api.Token}&access_token={api.Token}", null));
    }

    [Fact]
    public async Task Handshake_OfCallersWhoMayNot_IsRefusedAsHttp()
    {
        await using var backend = await EchoBackend.StartAsync();
        var api = await PublishAsync(backend);
        var room = Node.GatewayWsUrl + api.Path + "/room";
        Assert.Equal(101, await WebSocketApi.StatusAsync(Node, room, api.Token));
        Assert.Equal(401, await WebSocketApi.StatusAsync(Node, room, null));
        Assert.Equal(401, await WebSocketApi.StatusAsync(Node, room, api.Token[..^4] + "AAAA"));
        var stranger = await shared.Portal.TokenAsync(await shared.Portal.ConsumerAsync(shared.NewName("Stranger")));
        Assert.Equal(403, await WebSocketApi.StatusAsync(Node, room, stranger));
        Assert.Equal(404, await WebSocketApi.StatusAsync(Node, Node.GatewayWsUrl + "/nothing/1.0.0/room", api.Token));
        Assert.Single(backend.Handshakes);
    }

    [Fact]
    public async Task Topics_WithScopes_AskForThoseOfBothDirections()
    {
        await using var backend = await EchoBackend.StartAsync();
        var scopes = new JsonArray(
            new JsonObject { ["scope"] = new JsonObject { ["name"] = "hear" } }, new JsonObject { ["scope"] = new JsonObject { ["name"] = "say" } });
        var operations = new JsonArray(
            Topic("SUBSCRIBE", "/room/{id}", "hear"), Topic("PUBLISH", "/room/{id}", "say"), Topic("SUBSCRIBE", "/news", "hear"), Topic("SUBSCRIBE", "/open"));
        var api = await PublishAsync(backend, new JsonObject { ["scopes"] = scopes, ["operations"] = operations }, scope: "hear");
        var url = Node.GatewayWsUrl + api.Path;
        Assert.Equal(101, await WebSocketApi.StatusAsync(Node, url + "/news", api.Token));
        Assert.Equal(101, await WebSocketApi.StatusAsync(Node, url + "/open", api.Token));
        Assert.Equal(403, await WebSocketApi.StatusAsync(Node, url + "/room/1", api.Token));
        Assert.Equal(404, await WebSocketApi.StatusAsync(Node, url + "/other", api.Token));
        Assert.Equal(101, await WebSocketApi.StatusAsync(Node, url + "/room/1", await shared.Portal.TokenAsync(api.Consumer, "hear say")));
    }

    [Fact]
    public async Task Ports_OfOneKindOfApi_DoNotServeTheOther()
    {
        await using var backend = await EchoBackend.StartAsync();
        var api = await PublishAsync(backend);
        var httpPort = Node.GatewayHttpUrl.Replace("http", "ws", StringComparison.Ordinal);
        Assert.Equal(404, await WebSocketApi.StatusAsync(Node, httpPort + api.Path + "/room", api.Token));
        Assert.Equal(404, (await shared.CallAsync(api.Path + "/room", api.Token)).Code);

        var name = shared.NewName("Plain");
        await shared.Portal.PublishAsync(name, shared.Backend.Url);
        await shared.UntilAsync($"/{name.ToLowerInvariant()}/1.0.0/x", null, 401);
        Assert.Equal(404, await WebSocketApi.StatusAsync(Node, $"{Node.GatewayWsUrl}/{name.ToLowerInvariant()}/1.0.0/x", null));
    }

    [Theory]
    [InlineData(426)]
    [InlineData(426, "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")]
    [InlineData(426, "Connection: Upgrade", "Upgrade: h2c", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")]
    [InlineData(426, "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 8", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")]
    [InlineData(400, "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13")]
    [InlineData(400, "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZQ==")]
    public async Task Handshake_ThatIsNone_IsRefusedBeforeTheBackend(int status, params string[] lines)
    {
        await using var backend = await EchoBackend.StartAsync();
        var api = await PublishAsync(backend);
        var url = new Uri($"{Node.GatewayWsUrl.Replace("ws:", "http:", StringComparison.Ordinal)}{api.Path}/room");
        var head = string.Join("\r\n", [$"GET {url.PathAndQuery} HTTP/1.1", "Host: x", "Authorization: Bearer " + api.Token, .. lines]);
        // A refusal leaves the connection as it was.
        var answer = await RawClient.SendAsync(
            url, Encoding.ASCII.GetBytes(head + "\r\n\r\nGET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Equal(status == 426, answer.Contains("Upgrade: websocket", StringComparison.OrdinalIgnoreCase));
        Assert.Empty(backend.Handshakes);
    }

    [Fact]
    public async Task Catalogue_OfAWebSocketApi_ShowsItsUrlsAndTopics()
    {
        await using var backend = await EchoBackend.StartAsync();
        var api = await PublishAsync(backend);
        var page = await shared.Admin.GetAsync($"{Portal.DevPortal}/apis/{api.Id}").ExpectAsync(200);
        Assert.Equal("WS", (string)page["type"]!);
        var urls = page["endpointURLs"]![0]!["URLs"]!;
        Assert.Equal((Node.GatewayWsUrl + api.Path, Node.GatewayWssUrl + api.Path), ((string)urls["ws"]!, (string)urls["wss"]!));
        Assert.Null(urls["https"]);
        var definition = await shared.Admin.GetAsync($"{Portal.DevPortal}/apis/{api.Id}/swagger").ExpectAsync(200);
        Assert.Equal(["subscribe", "publish"], definition["channels"]!["/*"]!.AsObject().Select(part => part.Key));
        Assert.Equal("wss", (string)definition["servers"]!["gateway1"]!["protocol"]!);
    }

    private static JsonObject Topic(string verb, string target, string? scope = null)
    {
        var topic = new JsonObject { ["verb"] = verb, ["target"] = target };
        if (scope is not null)
        {
            topic["scopes"] = new JsonArray(scope);
        }

        return topic;
    }

    private static async Task SendInPiecesAsync(ClientWebSocket client, byte[] message)
    {
        const int Piece = 37_000;
        for (var at = 0; at < message.Length; at += Piece)
        {
            var length = Math.Min(Piece, message.Length - at);
            await client.SendAsync(message.AsMemory(at, length), WebSocketMessageType.Binary, at + length == message.Length, CancellationToken.None);
        }
    }

    private static Task NoneOpenAsync(EchoBackend backend) =>
        Wait.UntilAsync("the backend to have no connection", WebSocketApi.Patience, () => Task.FromResult(backend.Open == 0));

    private Task<WebSocketApi> PublishAsync(EchoBackend backend, JsonObject? more = null, string? scope = null) =>
        WebSocketApi.PublishAsync(shared.Portal, shared.NewName("Socket"), backend.Url, more, scope: scope);

    private Task<ClientWebSocket> ConnectAsync(string url, string? token, Action<ClientWebSocketOptions>? more = null) =>
        WebSocketApi.ConnectAsync(Node, url, options =>
        {
            WebSocketApi.Bear(options, token);
            more?.Invoke(options);
        });
}
