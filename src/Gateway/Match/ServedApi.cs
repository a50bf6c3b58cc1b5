using System.Text;
using Tollgate.Gateway.Throttle;
using Tollgate.Model;
using Tollgate.Model.Runtime;

namespace Tollgate.Gateway.Match;

/// <summary>A deployed API as requests read it.</summary>
internal sealed class ServedApi
{
    private OperationTree? _operations;

    public ServedApi(DeployedApi deployed, LifecycleState state, OperationTree? operations = null)
    {
        Deployed = deployed;
        State = state;
        _operations = operations;
        IsWebSocket = deployed.Type == ApiTypes.WebSocket;
        AuthorizationHeader = Encoding.ASCII.GetBytes(deployed.AuthorizationHeader);
        ApiKeyHeader = Encoding.ASCII.GetBytes(deployed.ApiKeyHeader);
        TakesTokens = deployed.SecuritySchemes.Contains("oauth2");
        TakesApiKeys = deployed.SecuritySchemes.Contains("api_key");
        MissingCredentials = Faults.Missing(
            TakesTokens ? deployed.AuthorizationHeader : null, TakesApiKeys ? deployed.ApiKeyHeader : null);
        AllowsHttp = deployed.Transports.Contains("http");
        AllowsHttps = deployed.Transports.Contains("https");
        AnyAudience = deployed.Audiences.Count == 0 || deployed.Audiences.Contains("all");
        Cors = deployed.Cors is { } cors ? new CorsRules(cors) : null;
        ThrottleKey = ThrottleKeys.Api(deployed.Context, deployed.Version);
        Backend = new BackendLimits(deployed.MaxTps, ThrottleKey);
    }

    public DeployedApi Deployed { get; }

    public LifecycleState State { get; }

    /// <summary>Built when first asked for: of the APIs that a gateway starts with, most are not called in its first second.</summary>
    public OperationTree Operations => Volatile.Read(ref _operations) ?? Build();

    /// <summary>Called by handshakes on ports of its own.</summary>
    public bool IsWebSocket { get; }

    /// <summary>Name of the header with the access token.</summary>
    public byte[] AuthorizationHeader { get; }

    public byte[] ApiKeyHeader { get; }

    public bool TakesTokens { get; }

    public bool TakesApiKeys { get; }

    /// <summary>Says which credentials the API takes.</summary>
    public Fault MissingCredentials { get; }

    public bool AllowsHttp { get; }

    public bool AllowsHttps { get; }

    public bool AnyAudience { get; }

    /// <summary>Which other sites' pages may call; null where the common rules hold.</summary>
    public CorsRules? Cors { get; }

    /// <summary>Counted for the whole API.</summary>
    public string ThrottleKey { get; }

    /// <summary>The API policy's limits, resolved once per snapshot.</summary>
    public ResolvedLimits Limits { get; } = new();

    public BackendLimits Backend { get; }

    /// <summary>The same deployment in another lifecycle state; its operations are not built again.</summary>
    public ServedApi In(LifecycleState state) => state == State ? this : new ServedApi(Deployed, state, Volatile.Read(ref _operations));

    // Calls that come at the same time get the same tree, whose operations know their limits.
    private OperationTree Build()
    {
        var built = OperationTree.Build(Deployed);
        return Interlocked.CompareExchange(ref _operations, built, null) ?? built;
    }
}
