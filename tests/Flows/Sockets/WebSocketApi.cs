using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Sockets;

/// <summary>A published WebSocket API with a subscriber.</summary>
/// <param name="Id">The API.</param>
/// <param name="Path">Its context with version.</param>
/// <param name="Subscription">The subscription.</param>
/// <param name="Consumer">The subscriber's application.</param>
/// <param name="Token">A token of it.</param>
public sealed record WebSocketApi(string Id, string Path, string Subscription, Consumer Consumer, string Token)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static JsonObject Fields(string backend) => new()
    {
        ["type"] = "WS",
        ["endpointConfig"] = new JsonObject
        {
            ["endpoint_type"] = "ws",
            ["production_endpoints"] = new JsonObject { ["url"] = backend },
            ["sandbox_endpoints"] = new JsonObject { ["url"] = backend },
        },
    };

    public static async Task<WebSocketApi> PublishAsync(
        Portal portal, string stem, string backend, JsonObject? more = null, string plan = "Unlimited", string? scope = null)
    {
        var fields = Fields(backend);
        foreach (var (field, value) in more ?? [])
        {
            fields[field] = value?.DeepClone();
        }

        var api = await portal.PublishAsync(stem, "", fields);
        var consumer = await portal.ConsumerAsync(stem + "Client");
        var subscription = await portal.SubscribeAsync(api, consumer, plan);
        await Wait.UntilAsync("the gateway to know the subscription", Patience, async () =>
            (await portal.Caller.GetAsync("/api/am/gateway/v2/state")).Body.Contains(subscription, StringComparison.Ordinal));
        return new WebSocketApi(api, $"/{stem.ToLowerInvariant()}/1.0.0", subscription, consumer, await portal.TokenAsync(consumer, scope));
    }

    public static async Task<ClientWebSocket> ConnectAsync(TestNode node, string url, Action<ClientWebSocketOptions>? options = null)
    {
        var client = new ClientWebSocket();
        client.Options.CollectHttpResponseDetails = true;
        client.Options.RemoteCertificateValidationCallback = (_, presented, _, _) =>
            presented?.GetCertHashString() == node.CertificateHash();
        options?.Invoke(client.Options);
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await client.ConnectAsync(new Uri(url), patience.Token);
            return client;
        }
        catch (WebSocketException) when (client.HttpStatusCode != 0)
        {
            var status = (int)client.HttpStatusCode;
            client.Dispose();
            throw new HandshakeRefusedException(status);
        }
    }

    /// <summary>A handshake as its bytes.</summary>
    public static byte[] Handshake(Uri url, string token) => Encoding.ASCII.GetBytes(
        $"GET {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        + $"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer {token}\r\n\r\n");

    /// <summary>The HTTP status of a handshake; 101 when it is accepted, and then the connection is closed.</summary>
    public static async Task<int> StatusAsync(TestNode node, string url, string? token)
    {
        try
        {
            using var client = await ConnectAsync(node, url, options => Bear(options, token));
            client.Abort();
            return 101;
        }
        catch (HandshakeRefusedException refused)
        {
            return refused.Status;
        }
    }

    public static void Bear(ClientWebSocketOptions options, string? token)
    {
        if (token is not null)
        {
            options.SetRequestHeader("Authorization", "Bearer " + token);
        }
    }

    /// <summary>The next whole message.</summary>
    public static async Task<(WebSocketMessageType Type, byte[] Content)> ReceiveAsync(WebSocket socket, TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(patience ?? Patience);
        using var whole = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), limit.Token);
            whole.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return (part.MessageType, whole.ToArray());
            }
        }
    }

    public static Task SendAsync(WebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    /// <summary>Says something and hears it again.</summary>
    public static async Task EchoAsync(WebSocket socket, string text)
    {
        await SendAsync(socket, text);
        var (type, content) = await ReceiveAsync(socket);
        Assert.Equal((WebSocketMessageType.Text, text), (type, Encoding.UTF8.GetString(content)));
    }

    /// <summary>Waits until the gateway closes; the code it closes with.</summary>
    public static async Task<int> CloseCodeAsync(WebSocket socket, TimeSpan? patience = null)
    {
        var (type, _) = await ReceiveAsync(socket, patience);
        Assert.Equal(WebSocketMessageType.Close, type);
        return (int)socket.CloseStatus!;
    }
}

/// <summary>A handshake was answered with something else than 101.</summary>
public sealed class HandshakeRefusedException(int status) : Exception($"The handshake was answered {status}.")
{
    public int Status => status;
}
