using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Core;
using Tollgate.Admin;
using Tollgate.DevPortal;
using Tollgate.Eventing;
using Tollgate.Gateway.Follow.Disk;
using Tollgate.Gateway.Loop;
using Tollgate.Gateway.Record;
using Tollgate.KeyManager;
using Tollgate.Publisher;
using Tollgate.Server.Certificates;
using Tollgate.Server.Configuration;
using Tollgate.Server.Databases;
using Tollgate.Server.Health;
using Tollgate.Server.Rest;
using Tollgate.Server.Sample;
using Tollgate.Server.Telemetry;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.FirstStart;
using Tollgate.Storage;
using Tollgate.Storage.Migrations;
using Tollgate.Storage.Search;
using Tollgate.Storage.Runtime;
using Tollgate.Sync;
using Tollgate.TrafficManager.Announce;

namespace Tollgate.Server.Start;

/// <summary>A running node.</summary>
public sealed partial class Node : IAsyncDisposable
{
    private const long MostBodyBytes = 64 * 1024 * 1024;

    private readonly NodeSettings _settings;
    private readonly WebApplication _app;
    private StartTurn? _turn;
    private HomeLock? _home;

    private Node(NodeSettings settings, WebApplication app)
    {
        _settings = settings;
        _app = app;
    }

    /// <summary>The administrator's password, when this first start made a random one.</summary>
    public string? GeneratedPassword { get; private set; }

    public string AdminName => _settings.Configuration.Bind<SignInOptions>().AdminName;

    public string Home => _settings.Home;

    /// <summary>A bearer token for the administrator, good inside this process only.</summary>
    public string OperatorToken => _app.Services.GetRequiredService<OperatorToken>().Value;

    public string ManagementUrl => _settings.ManagementUrl;

    public string GatewayUrl => $"https://{_settings.Node.HostName}:{_settings.Ports.GatewayHttps}";

    public string SampleBackendUrl => $"http://localhost:{_settings.Ports.ManagementHttp}{PetstoreBackend.Path}";

    /// <summary>The certificate of the listeners, for clients that have to trust it.</summary>
    public X509Certificate2 Certificate { get; private init; } = null!;

    public IReadOnlyList<RouteLine> Routes => RouteTable.Of(((IEndpointRouteBuilder)_app).DataSources);

    /// <summary>Completes when the node was asked to stop (Ctrl-C, SIGTERM) and has stopped.</summary>
    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _home?.Dispose();
    }

    /// <summary>Builds a node without starting it.</summary>
    public static Node Create(StartArguments arguments)
    {
        var settings = NodeSettings.Load(arguments);
        ProfileNeeds.Check(settings);
        if (settings.Profile.IsGatewayAlone)
        {
            SocketLoop.Begin();
        }

        Directory.CreateDirectory(settings.Home);
        var keys = new NodeKeys(settings.Home, settings.Keys, settings.Node.HostName, TimeProvider.System);
        var state = settings.Profile.Has(Modules.Gateway) ? EarlyState.Read(settings.Gateway, keys.MasterKey(), TimeProvider.System) : null;
        var loaded = keys.Listeners();
        var (management, gateway) = (new TlsCertificates(loaded, CipherSuites.Policy()), new TlsCertificates(loaded, suites: null));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = settings.Home });
        var level = new LoggingLevelSwitch(LogLevels.Parse(settings.Telemetry.LogLevel));
        builder.Logging.AddSerilog(Logs.Create(settings.Home, settings.Telemetry, level, arguments.ConsoleLevel), dispose: true);
        builder.Services.AddTelemetry(settings.Telemetry, level, settings.Profile.Name);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Listen(kestrel, settings, management));
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.Node.ShutdownTimeout);
        new NodeServices(settings, keys, management, gateway, state).Add(builder.Services);
        var app = builder.Build();
        Map(app, settings.Profile, arguments.WithSample);
        return new Node(settings, app) { Certificate = loaded.Common.Leaf };
    }

    /// <summary>Runs the start-up steps in their order; the node serves when this returns.</summary>
    public async Task StartAsync()
    {
        _home = HomeLock.Take(_settings.Home);
        var log = _app.Services.GetRequiredService<ILogger<Node>>();
        foreach (var note in _settings.Notes)
        {
            Noted(log, note);
        }

        foreach (var (_, run) in Steps())
        {
            await run();
        }

        Ready(log, ProductVersion.Text, _settings.Profile.Name, _settings.ManagementUrl);
    }

    /// <summary>The start-up order, written once.</summary>
    private IReadOnlyList<(string What, Func<Task> Run)> Steps()
    {
        var services = _app.Services;
        return
        [
            .. _settings.Profile.HasDatabases
                ? (IEnumerable<(string, Func<Task>)>)
                [
                    ("reach the databases", services.GetRequiredService<NodeDatabases>().ReachAsync),
                    ("wait for other nodes that are starting", async () => _turn = await StartTurn.TakeAsync(services.GetRequiredService<ApimDatabase>())),
                    ("bring the databases to this program's schema", MigrateAsync),
                    ("refuse a wrong master key", () => services.GetRequiredService<MasterKeyCheck>().VerifyAsync(
                        services.GetRequiredService<ApimDatabase>(), services.GetRequiredService<SharedDatabase>())),
                    ("make the first administrator", async () => GeneratedPassword = await services.GetRequiredService<SeedUsers>().RunAsync()),
                ]
                : [],
            .. _settings.Profile.Has(Modules.Admin)
                ? (IEnumerable<(string, Func<Task>)>)[("make the default policies", services.PrepareAdminAsync)]
                : [],
            .. _settings.Profile.Has(Modules.KeyManager)
                ? (IEnumerable<(string, Func<Task>)>)[("make the first signing key", services.PrepareKeyManagerAsync)]
                : [],
            ("let the next node start", async () => await (_turn?.DisposeAsync() ?? default)),
            ("load the snapshot, open the gateway's ports, then the management ports", ListenAsync),
        ];
    }

    private async Task MigrateAsync()
    {
        var migrator = _app.Services.GetRequiredService<Migrator>();
        await migrator.MigrateAsync(_app.Services.GetRequiredService<SharedDatabase>());
        await migrator.MigrateAsync(_app.Services.GetRequiredService<ApimDatabase>());
        await _app.Services.GetRequiredService<SearchCompletion>().RunAsync();
    }

    private async Task ListenAsync()
    {
        try
        {
            await _app.StartAsync();
        }
        catch (IOException error) when (error.InnerException is AddressInUseException || error.Message.Contains("in use", StringComparison.Ordinal))
        {
            throw new ConfigurationException(
                $"One of the ports {_settings.Ports.Of(_settings.Profile)} is in use (server.offset = {_settings.Node.Offset}). Stop what listens "
                + "there, or start with another -DportOffset.");
        }
    }

    private static void Listen(KestrelServerOptions kestrel, NodeSettings settings, TlsCertificates certificates)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MostBodyBytes;
        var address = IPAddress.Parse(settings.Node.BindAddress);
        var secure = (ListenOptions listen) =>
        {
            listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = hello => new(certificates.For(hello.ClientHelloInfo.ServerName, http2: true)) });
        };
        if (address.Equals(IPAddress.IPv6Any))
        {
            kestrel.ListenAnyIP(settings.Ports.ManagementHttps, secure);
        }
        else
        {
            kestrel.Listen(address, settings.Ports.ManagementHttps, secure);
        }

        // Passwords would travel in clear: this port is for the same machine only.
        kestrel.ListenLocalhost(settings.Ports.ManagementHttp);
    }

    private static void Map(WebApplication app, Profile profile, bool withSample)
    {
        app.UseMiddleware<CallerMiddleware>();
        app.UseMiddleware<RequestObserver>();
        app.UseMiddleware<ErrorMiddleware>();
        app.UseRouting();
        if (profile.HasDatabases)
        {
            app.UseAccessRules();
            app.UseAudit();
        }
        else
        {
            app.UseClosedAccess();
        }

        HealthEndpoints.Map(app);
        app.MapTelemetry();
        if (profile.Has(Modules.KeyManager))
        {
            app.MapKeyManager();
        }

        if (profile.Has(Modules.Publisher))
        {
            app.MapPublisher();
        }

        if (profile.Has(Modules.DevPortal))
        {
            app.MapDevPortal();
        }

        if (profile.Has(Modules.Admin))
        {
            app.MapAdmin();
            new CounterEndpoints(new AllCounters(
                app.Services.GetService<Bus>(), app.Services.GetService<CounterQuestions>(), app.Services.GetRequiredService<TimeProvider>())).Map(app);
        }

        if (profile.Has(Modules.Sync))
        {
            app.MapSync();
        }

        if (profile.Has(Modules.Gateway))
        {
            GatewayEndpoints.Map(app, app.Services.GetRequiredService<GatewayView>());
        }

        if (withSample)
        {
            PetstoreBackend.Map(app);
        }
    }

    [LoggerMessage(LogLevel.Information, "deployment.toml: {Note}")]
    private static partial void Noted(Microsoft.Extensions.Logging.ILogger log, string note);

    [LoggerMessage(LogLevel.Information, "Tollgate {Version}, profile {Profile}, serves at {Url}")]
    private static partial void Ready(Microsoft.Extensions.Logging.ILogger log, string version, string profile, string url);
}
