using Tollgate.Model.Settings;

namespace Tollgate.Gateway;

/// <summary>Settings of the gateway.</summary>
public sealed record GatewayOptions
{
    [Setting(
        "apim.sync_runtime_artifacts.gateway.gateway_labels",
        "Environments this gateway serves; empty serves the one called Default or Production and Sandbox.")]
    public IReadOnlyList<string> Environments { get; init; } = [];

    [Setting("gateway.backend.connect_timeout", "How long connecting to a backend may take.", Unit = "s")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    [Setting("gateway.backend.response_timeout", "How long a backend may take until its response begins.", Unit = "s")]
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(60);

    [Setting("gateway.backend.idle_timeout", "How long a transfer to or from a backend may stand still.", Unit = "s")]
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    [Setting("gateway.websocket.idle_timeout", "How long an open WebSocket connection may be silent in both directions.", Unit = "s")]
    public TimeSpan WebSocketIdleTimeout { get; init; } = TimeSpan.FromMinutes(15);

    [Setting("gateway.backend.legacy_fault_status", "Answer 500 when a backend cannot be reached, as older gateways did, instead of 502 or 504.")]
    public bool LegacyFaultStatus { get; init; }

    [Setting("gateway.token_cache_size", "How many verified tokens are kept.")]
    public int TokenCacheSize { get; init; } = 50_000;

    [Setting("gateway.max_body_megabytes", "Largest request body in MB; 0 for no limit.")]
    public int MaxBodyMegabytes { get; init; }

    [Setting("apim.cors", "Pages of other sites.")]
    public CorsOptions Cors { get; init; } = new();

    [Setting("apim.oauth_config", "Paths that the key manager answers.")]
    public PassThroughOptions PassThrough { get; init; } = new();

    [Setting("gateway.limits", "What one client may ask for.")]
    public GatewayLimits Limits { get; init; } = new();

    [Setting("gateway.limit_headers", "What callers are told of their limits.")]
    public LimitHeaderOptions LimitHeaders { get; init; } = new();

    [Setting("gateway.access_log", "The log with a line per call.")]
    public AccessLogOptions AccessLog { get; init; } = new();

    /// <summary>Where log files stand; the server fills it in.</summary>
    public string LogFolder { get; init; } = "";

    /// <summary>Where the gateway keeps its snapshot; the server fills it in.</summary>
    public string SnapshotFolder { get; init; } = "";

    /// <summary>This gateway's name towards the control plane; the server fills it in.</summary>
    public string Node { get; init; } = "gateway";

    /// <summary>Name of the profile; the server fills it in.</summary>
    public string Profile { get; init; } = "";

    /// <summary>True when nothing but the gateway runs in this process (<see cref="Loop.SocketLoop"/>); the server fills it in.</summary>
    public bool IsAlone { get; init; }

    /// <summary>The environments that are served.</summary>
    public IReadOnlyList<string> Served => Environments.Count == 0 ? ["Default", "Production and Sandbox"] : Environments;

    /// <summary>True when a gateway serves an environment of this name.</summary>
    public bool Serves(string environment) => Served.Contains(environment);
}
