using System.Net;
using System.Security.Authentication;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tollgate.Gateway.Listen;

/// <summary>The gateway's own Kestrel server, apart from the management web application.</summary>
internal sealed partial class GatewayServer(
    GatewayApplication application, GatewayPorts ports, GatewayOptions options, IServiceProvider services, ILoggerFactory loggers)
    : IHostedService, IDisposable
{
    private const int MostHeaderBytes = 64 * 1024;

    private readonly ILogger _log = loggers.CreateLogger<GatewayServer>();
    private KestrelServer? _server;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _server = new KestrelServer(
            Options.Create(KestrelOptions()), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers), loggers);
        try
        {
            await _server.StartAsync(application, cancellationToken);
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            throw new IOException($"A gateway port is in use ({ports.Http} or {ports.Https}). Stop what listens there, or start with -DportOffset=1.", error);
        }

        Listening(_log, ports.Http, ports.Https);
    }

    // Stops accepting, lets requests in flight finish as long as the host allows.
    public Task StopAsync(CancellationToken cancellationToken) => _server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public void Dispose() => _server?.Dispose();

    private KestrelServerOptions KestrelOptions()
    {
        var kestrel = new KestrelServerOptions
        {
            ApplicationServices = services,
            AddServerHeader = false,
            // One byte, one char: header bytes outside ASCII reach the backend as they came.
            RequestHeaderEncodingSelector = static _ => Encoding.Latin1,
            ResponseHeaderEncodingSelector = static _ => Encoding.Latin1,
        };
        kestrel.Limits.MaxRequestHeadersTotalSize = MostHeaderBytes;
        kestrel.Limits.MaxRequestBodySize = options.MaxBodyMegabytes == 0 ? null : options.MaxBodyMegabytes * 1024L * 1024L;
        Listen(kestrel, ports.Http, listen => listen.Protocols = HttpProtocols.Http1);
        Listen(kestrel, ports.Https, listen => listen.UseHttps(
            ports.Certificate, https => https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13));
        return kestrel;
    }

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

    [LoggerMessage(LogLevel.Information, "Gateway listens on {Http} (HTTP) and {Https} (HTTPS)")]
    private static partial void Listening(ILogger log, int http, int https);
}
