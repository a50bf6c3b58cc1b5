using System.Collections;
using System.Globalization;
using Tollgate.DevPortal;
using Tollgate.Eventing;
using Tollgate.Gateway;
using Tollgate.KeyManager;
using Tollgate.Model;
using Tollgate.Model.Settings;
using Tollgate.Publisher;
using Tollgate.Security.Fetch;
using Tollgate.Server.Configuration;
using Tollgate.Server.Options;
using Tollgate.SignIn;

namespace Tollgate.Server.Start;

/// <summary>The configuration of a node, read and bound once.</summary>
internal sealed record NodeSettings(string Home, EffectiveConfiguration Configuration)
{
    /// <summary>All options records, in the order of the reference page.</summary>
    public static readonly IReadOnlyList<Type> Options =
    [
        typeof(NodeOptions), typeof(TelemetryOptions), typeof(DatabaseOptions), typeof(RetentionOptions), typeof(KeyOptions),
        typeof(SignInOptions), typeof(GatewayEnvironments), typeof(GatewayOptions),
        typeof(BusOptions), typeof(KeyManagerOptions), typeof(PublisherOptions), typeof(DevPortalOptions), typeof(OutboundOptions),
    ];

    // Arguments of the field's start script that need nothing here.
    private static readonly Dictionary<string, string> Explained = new(StringComparer.Ordinal)
    {
        ["setup"] = "-Dsetup is not needed: tables are made and upgraded at every start.",
        ["optimize"] = "--optimize is not needed: a profile starts its own modules only.",
    };

    public NodeOptions Node { get; } = Configuration.Bind<NodeOptions>();

    public TelemetryOptions Telemetry { get; } = Configuration.Bind<TelemetryOptions>();

    public DatabaseOptions Databases { get; } = Configuration.Bind<DatabaseOptions>();

    public KeyOptions Keys { get; } = Configuration.Bind<KeyOptions>();

    public Profile Profile => Profiles.Need(Node.Role);

    public NodePorts Ports => new(
        Node.ManagementHttps + Node.Offset, Node.ManagementHttp + Node.Offset, Node.GatewayHttp + Node.Offset, Node.GatewayHttps + Node.Offset,
        Node.GatewayWs + Node.Offset, Node.GatewayWss + Node.Offset);

    /// <summary>Whose word about a caller's address counts.</summary>
    public TrustedProxies TrustedProxies => new(
        AddressRange.ParseList(string.Join(',', Node.TrustedProxies)) ?? throw new ConfigurationException(
            "server.trusted_proxies must be a list of addresses and networks like 10.0.0.7 and 10.1.0.0/16."),
        Node.ForwardedHeader);

    public GatewayOptions Gateway => Configuration.Bind<GatewayOptions>() with
    {
        SnapshotFolder = Path.Combine(Home, "repository", "data", "gateway"),
        LogFolder = Path.Combine(Home, "repository", "logs"),
        Node = Node.Name,
        IsAlone = Profile.IsGatewayAlone,
        Profile = Profile.Name,
    };

    /// <summary>Base URL of this node's management port.</summary>
    public string ManagementUrl => $"https://{Node.HostName}:{Ports.ManagementHttps}";

    /// <summary>One line for each argument or key that was accepted without having a meaning here.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    public static NodeSettings Load(StartArguments arguments)
    {
        var working = Directory.GetCurrentDirectory();
        var home = HomeFolder.Find(
            arguments.Home, Environment.GetEnvironmentVariable("TOLLGATE_HOME"), AppContext.BaseDirectory, working, File.Exists);
        var path = Path.Combine(home, HomeFolder.ConfigurationFile);
        var configuration = EffectiveConfiguration.Load(new ConfigurationSources
        {
            Options = Options,
            FilePath = path,
            File = File.Exists(path) ? (ReadOnlyMemory<byte>?)File.ReadAllBytes(path) : null,
            Environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
                .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!),
            CommandLine = [.. arguments.Properties.Where(property => !Explained.ContainsKey(property.Key))],
            Properties = Properties(home),
            Ports = PortNames,
        });
        return new NodeSettings(home, configuration)
        {
            Notes =
            [
                .. arguments.Properties.Where(property => Explained.ContainsKey(property.Key)).Select(property => Explained[property.Key]),
                .. configuration.Unused.DistinctBy(unused => unused.Key).Select(unused => $"{unused.Key}: {unused.Note}"),
            ],
        };
    }

    private static readonly Dictionary<string, string> PortNames = new(StringComparer.Ordinal)
    {
        ["mgt.transport.https.port"] = "$ref{transport.https.properties.port}",
        ["carbon.management.port"] = "$ref{transport.https.properties.port}",
        ["mgt.transport.http.port"] = "$ref{transport.http.properties.port}",
        ["http.nio.port"] = "$ref{transport.passthru_http.listener.port}",
        ["https.nio.port"] = "$ref{transport.passthru_https.listener.port}",
        ["ws.port"] = "$ref{apim.ws.port}",
        ["wss.port"] = "$ref{apim.wss.port}",
    };

    private static Dictionary<string, string> Properties(string home) => new(StringComparer.Ordinal)
    {
        ["carbon.home"] = home,
        ["carbon.protocol"] = "https",
        ["carbon.host"] = "$ref{server.hostname}",
        ["carbon.local.ip"] = "127.0.0.1",
        ["carbon.context"] = "",
        ["admin.username"] = "$ref{super_admin.username}",
        ["admin.password"] = "$ref{super_admin.password}",
    };
}

/// <summary>The ports of a node, offset included.</summary>
internal sealed record NodePorts(int ManagementHttps, int ManagementHttp, int GatewayHttp, int GatewayHttps, int GatewayWs, int GatewayWss)
{
    /// <summary>The ports that a profile listens on, for sentences.</summary>
    public string Of(Profile profile) => string.Create(
        CultureInfo.InvariantCulture,
        $"{ManagementHttps}, {ManagementHttp}{(profile.Has(Modules.Gateway) ? $", {GatewayHttp}, {GatewayHttps}, {GatewayWs}, {GatewayWss}" : "")}");
}
