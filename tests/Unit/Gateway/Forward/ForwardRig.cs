using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tollgate.Gateway;
using Tollgate.Gateway.Follow;
using Tollgate.Gateway.Forward;
using Tollgate.Gateway.Listen;
using Tollgate.Gateway.Loop;
using Tollgate.Gateway.Match;
using Tollgate.Model;
using Tollgate.Model.Runtime;

namespace Tollgate.Unit.Gateway.Forward;

/// <summary>The forwarder behind a real server, without the checks before it: every path goes to one backend.</summary>
internal sealed class ForwardRig : IHttpApplication<RequestContext>, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly ServedApi Api = new(
        new DeployedApi
        {
            ApiId = "api",
            Environment = "Default",
            Organization = "carbon.super",
            Name = "Anything",
            Version = "1",
            Provider = "admin",
            Context = "",
            Transports = ["http"],
            SecuritySchemes = ["oauth2"],
            Operations = [],
        },
        LifecycleState.Published);

    private readonly Forwarder _forwarder;
    private readonly KestrelServer _server;
    private readonly BackendClient _backend;
    private readonly string _endpoint;

    private ForwardRig(string endpoint, GatewayOptions options, X509Certificate2Collection trusted)
    {
        _endpoint = endpoint;
        // No timer: a test says when time goes on.
        Sweep = new ConnectionSweep(options, null);
        _backend = new BackendClient(options, trusted, TimeProvider.System, Sweep);
        _forwarder = new Forwarder(_backend, options);
        var kestrel = new KestrelServerOptions
        {
            AddServerHeader = false,
            RequestHeaderEncodingSelector = static _ => Encoding.Latin1,
            ResponseHeaderEncodingSelector = static _ => Encoding.Latin1,
        };
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Listen(IPAddress.Loopback, 0);
        kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        _server = new KestrelServer(
            Options.Create(kestrel),
            EventLoop.IsSupported
                ? new LoopListeners(TimeProvider.System, NullLoggerFactory.Instance)
                : new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
    }

    /// <summary>What the forwarder threw: nothing, ever.</summary>
    public ConcurrentQueue<Exception> Errors { get; } = new();

    /// <summary>What the calls ended with; null for those that were answered.</summary>
    public ConcurrentQueue<Fault?> Faults { get; } = new();

    public ConnectionSweep Sweep { get; }

    public Uri Url { get; private set; } = null!;

    /// <summary>The same over HTTP/2 without TLS.</summary>
    public Uri Http2Url { get; private set; } = null!;

    /// <summary>A client that opens as many connections as it has calls.</summary>
    public HttpClient Http { get; } = new();

    /// <summary>Connections that there are once the sweep has looked.</summary>
    public int TickedCount
    {
        get
        {
            Sweep.Tick();
            return Sweep.Count;
        }
    }

    public static async Task<ForwardRig> StartAsync(
        string endpoint, GatewayOptions? options = null, X509Certificate2Collection? trusted = null)
    {
        var rig = new ForwardRig(endpoint, options ?? new GatewayOptions(), trusted ?? []);
        await rig._server.StartAsync(rig, CancellationToken.None);
        var urls = rig._server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.ToList();
        rig.Url = new Uri(urls[0]);
        rig.Http2Url = new Uri(urls[1]);
        return rig;
    }

    /// <summary>Lets time go on without waiting for it.</summary>
    public void Pass(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed <= time; passed += ConnectionSweep.Interval)
        {
            Sweep.Tick();
        }
    }

    /// <summary>Waits for what happens on the other side of a socket.</summary>
    public async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!holds())
        {
            await Task.Delay(5, patience.Token);
        }
    }

    public async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(Url.Host, Url.Port);
        return socket;
    }

    /// <summary>Sends bytes and reads until the answer ends like this; null hangs up at once.</summary>
    public async Task<string> RawAsync(string request, string? until)
    {
        using var socket = await ConnectAsync();
        await socket.SendAsync(Encoding.Latin1.GetBytes(request));
        return until is null ? "" : await ReadAsync(socket, until);
    }

    /// <summary>What comes until it ends like this, or until the end.</summary>
    public static async Task<string> ReadAsync(Socket socket, string? until)
    {
        using var patience = new CancellationTokenSource(Patience);
        var (text, buffer) = ("", new byte[16 * 1024]);
        while (until is null || !text.EndsWith(until, StringComparison.Ordinal))
        {
            var read = await socket.ReceiveAsync(buffer, patience.Token);
            if (read == 0)
            {
                break;
            }

            text += Encoding.Latin1.GetString(buffer, 0, read);
        }

        return text;
    }

    public RequestContext CreateContext(IFeatureCollection contextFeatures)
    {
        var kept = (Microsoft.AspNetCore.Hosting.Server.Abstractions.IHostContextContainer<RequestContext>)contextFeatures;
        var context = kept.HostContext ??= new RequestContext();
        context.Features = contextFeatures;
        return context;
    }

    public void DisposeContext(RequestContext context, Exception? exception) => context.Reader.Release();

    public async Task ProcessRequestAsync(RequestContext context)
    {
        var exchange = context.Exchange;
        exchange.Begin(Snapshot.Empty, "correlation-1", 0, 0);
        exchange.Api = Api;
        exchange.Endpoint = _endpoint;
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        context.Caller.Read(context.Features.GetRequiredFeature<IHttpConnectionFeature>(), request, TrustedProxies.None);
        var fault = context.Reader.Read(request);
        if (fault is null)
        {
            try
            {
                fault = await _forwarder.ForwardAsync(context);
            }
            catch (Exception error)
            {
                Errors.Enqueue(error);
                throw;
            }
        }

        Faults.Enqueue(fault);
        if (fault is not null)
        {
            await FaultBody.WriteAsync(context.Features, exchange, fault, fault.Status, retryAfter: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Aborts what is still open instead of waiting for it.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _server.StopAsync(now.Token);
        _server.Dispose();
        Http.Dispose();
        _backend.Dispose();
    }
}
