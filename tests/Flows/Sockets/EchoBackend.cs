using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Tollgate.Flows.Sockets;

/// <summary>A WebSocket backend that sends back what it gets, and remembers the handshakes.</summary>
public sealed class EchoBackend : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Handshake> _handshakes = new();
    private readonly ConcurrentQueue<WebSocketCloseStatus?> _closes = new();
    private RequestDelegate? _other;
    private int _open;

    private EchoBackend(WebApplication app) => _app = app;

    /// <summary>ws://…</summary>
    public string Url { get; private set; } = "";

    public IReadOnlyList<Handshake> Handshakes => [.. _handshakes];

    /// <summary>How many connections are open.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>How connections ended, in that order; null when one broke off.</summary>
    public IReadOnlyList<WebSocketCloseStatus?> Closes => [.. _closes];

    /// <summary>What a connection does; echoes at first.</summary>
    public Func<WebSocket, Task> Talk { get; set; } = EchoAsync;

    /// <param name="certificate">Speaks TLS with it, and is called by the name localhost.</param>
    /// <param name="other">Answers what is no handshake; 400 when there is none.</param>
    public static async Task<EchoBackend> StartAsync(X509Certificate2? certificate = null, RequestDelegate? other = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel =>
        {
            if (certificate is not null)
            {
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate));
            }
        });
        var app = builder.Build();
        var backend = new EchoBackend(app) { _other = other };
        app.UseWebSockets();
        app.Run(backend.HandleAsync);
        await app.StartAsync();
        var url = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        backend.Url = certificate is null
            ? url.Replace("http://", "ws://", StringComparison.Ordinal)
            : $"wss://localhost:{new Uri(url).Port}";
        return backend;
    }

    /// <summary>Sends back every frame as it came.</summary>
    public static async Task EchoAsync(WebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(socket.CloseStatus ?? WebSocketCloseStatus.Empty, socket.CloseStatusDescription, CancellationToken.None);
                return;
            }

            await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // What a failed test left open must not hold up the others.
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext http)
    {
        _handshakes.Enqueue(new Handshake(
            http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        if (!http.WebSockets.IsWebSocketRequest)
        {
            http.Response.StatusCode = _other is null ? 400 : 200;
            await (_other?.Invoke(http) ?? Task.CompletedTask);
            return;
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync(http.WebSockets.WebSocketRequestedProtocols.FirstOrDefault());
        Interlocked.Increment(ref _open);
        try
        {
            await Talk(socket);
        }
        catch (WebSocketException)
        {
            // The other side left without a word.
        }
        finally
        {
            _closes.Enqueue(socket.CloseStatus);
            Interlocked.Decrement(ref _open);
        }
    }
}

/// <summary>A handshake as the backend got it.</summary>
public sealed record Handshake(string Target, IReadOnlyDictionary<string, string> Headers);
