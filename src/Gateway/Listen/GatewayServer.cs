using System.Net;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Tollgate.Gateway.Loop;

namespace Tollgate.Gateway.Listen;

/// <summary>The gateway's own Kestrel server, apart from the management web application.</summary>
internal sealed partial class GatewayServer(
    GatewayApplication application, GatewayPorts ports, GatewayOptions options, IServiceProvider services, ILoggerFactory loggers)
    : IHostedService, IDisposable
{
    // A bare LF must not end a line of a head: other parsers go on reading (RFC 9112 section 2.2 leaves it open). Kestrel reads the switch once.
    private const string StrictLineEnds = "Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators";

    private static readonly TimeSpan ShortestGrace = TimeSpan.FromSeconds(1.1);

    private readonly ILogger _log = loggers.CreateLogger<GatewayServer>();
    private KestrelServer? _server;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _server = new KestrelServer(Options.Create(KestrelOptions()), Transport(), loggers);
        try
        {
            await _server.StartAsync(application, cancellationToken);
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            throw new IOException(
                $"A gateway port is in use ({ports.Http}, {ports.Https}, {ports.Ws} or {ports.Wss}). Stop what listens there, or start with -DportOffset=1.",
                error);
        }

        Listening(_log, ports.Http, ports.Https, ports.Ws, ports.Wss);
    }

    // Stops accepting, lets requests in flight finish as long as the host allows.
    public Task StopAsync(CancellationToken cancellationToken) => _server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public void Dispose() => _server?.Dispose();

    private IConnectionListenerFactory Transport() => EventLoop.IsSupported
        ? new LoopListeners(TimeProvider.System, loggers)
        : new SocketTransportFactory(Options.Create(new SocketTransportOptions { UnsafePreferInlineScheduling = options.IsAlone }), loggers);

    private KestrelServerOptions KestrelOptions()
    {
        AppContext.SetSwitch(StrictLineEnds, true);
        var kestrel = new KestrelServerOptions
        {
            ApplicationServices = services,
            AddServerHeader = false,
            // One byte, one char: header bytes outside ASCII reach the backend as they came.
            RequestHeaderEncodingSelector = static name => name == HeaderNames.ContentLength ? LengthEncoding.Instance : Encoding.Latin1,
            ResponseHeaderEncodingSelector = static _ => Encoding.Latin1,
        };
        Limit(kestrel.Limits, options.Limits);
        kestrel.Limits.MaxRequestBodySize = options.MaxBodyMegabytes == 0 ? null : options.MaxBodyMegabytes * 1024L * 1024L;
        Listen(kestrel, ports.Http, listen => listen.Protocols = HttpProtocols.Http1);
        Listen(kestrel, ports.Https, listen => Secure(listen, http2: true));
        Listen(kestrel, ports.Ws, listen => listen.Protocols = HttpProtocols.Http1);
        Listen(kestrel, ports.Wss, listen =>
        {
            // A WebSocket takes a connection for itself (RFC 6455 section 1.7).
            listen.Protocols = HttpProtocols.Http1;
            Secure(listen, http2: false);
        });
        return kestrel;
    }

    private void Secure(ListenOptions listen, bool http2)
    {
        listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = hello => new(ports.Tls(hello.ClientHelloInfo.ServerName, http2)) });
        CipherCheck.Use(listen);
        GatheredOutput.Use(listen, TimeProvider.System);
    }

    private static void Limit(KestrelServerLimits kestrel, GatewayLimits limits)
    {
        kestrel.MaxRequestLineSize = limits.RequestLineBytes;
        kestrel.MaxRequestHeadersTotalSize = limits.HeaderBytes;
        kestrel.MaxRequestHeaderCount = limits.HeaderCount;
        // Kestrel wants the buffer to hold the longest line and, in HTTP/2, a field.
        kestrel.MaxRequestBufferSize = Math.Max(1024 * 1024, Math.Max(limits.RequestLineBytes, limits.HeaderBytes));
        kestrel.MaxConcurrentConnections = limits.Connections == 0 ? null : limits.Connections;
        kestrel.RequestHeadersTimeout = limits.HeadTimeout;
        kestrel.KeepAliveTimeout = limits.KeepAliveTimeout;
        kestrel.MinRequestBodyDataRate = Rate(limits.BodyRate, limits.RateGrace);
        kestrel.MinResponseDataRate = Rate(limits.ResponseRate, limits.RateGrace);
        kestrel.Http2.MaxStreamsPerConnection = limits.Http2Streams;
    }

    // Kestrel looks once a second and wants the grace to be longer.
    private static MinDataRate? Rate(int bytesPerSecond, TimeSpan grace) => bytesPerSecond == 0
        ? null
        : new MinDataRate(bytesPerSecond, grace > ShortestGrace ? grace : ShortestGrace);

    // ListenAnyIP also works where the machine has no IPv6.
    private void Listen(KestrelServerOptions kestrel, int port, Action<ListenOptions> configure)
    {
        if (ports.Address.Equals(IPAddress.IPv6Any))
        {
            kestrel.ListenAnyIP(port, configure);
        }
        else
        {
            kestrel.Listen(ports.Address, port, configure);
        }
    }

    [LoggerMessage(LogLevel.Information, "Gateway listens on {Http} (HTTP), {Https} (HTTPS), {Ws} (WebSocket) and {Wss} (WebSocket over TLS)")]
    private static partial void Listening(ILogger log, int http, int https, int ws, int wss);
}
