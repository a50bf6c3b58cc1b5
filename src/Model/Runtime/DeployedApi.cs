namespace Tollgate.Model.Runtime;

/// <summary>A revision as a gateway environment serves it.</summary>
public sealed record DeployedApi
{
    public required string ApiId { get; init; }

    public required string Environment { get; init; }

    /// <summary>One of <see cref="ApiTypes"/>; HTTP where an older control plane does not say.</summary>
    public string Type { get; init; } = ApiTypes.Http;

    public required string Organization { get; init; }

    public required string Name { get; init; }

    public required string Version { get; init; }

    /// <summary>User name of the API's creator.</summary>
    public required string Provider { get; init; }

    public int Revision { get; init; }

    /// <summary>Virtual host to serve on; null serves on every host of the environment.</summary>
    public string? Host { get; init; }

    /// <summary>Path prefix, version included.</summary>
    public required string Context { get; init; }

    /// <summary>Path prefix without version, used when this is the API's default version; null where there is none.</summary>
    public string? UnversionedContext { get; init; }

    public IReadOnlyList<string> Transports { get; init; } = [];

    public string AuthorizationHeader { get; init; } = "Authorization";

    /// <summary>Header with the API key, where the API takes one.</summary>
    public string ApiKeyHeader { get; init; } = "ApiKey";

    /// <summary>Which credentials the API takes: oauth2, api_key.</summary>
    public IReadOnlyList<string> SecuritySchemes { get; init; } = ["oauth2"];

    /// <summary>Accepted audiences; empty or "all" accepts every one.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    public string? ProductionEndpoint { get; init; }

    public string? SandboxEndpoint { get; init; }

    /// <summary>Advanced policy of the whole API; null counts per operation.</summary>
    public string? Policy { get; init; }

    /// <summary>How many calls the backends bear; null for any number.</summary>
    public MaxTps? MaxTps { get; init; }

    /// <summary>Which other sites' pages may call; null where the gateway's common settings say so.</summary>
    public CorsConfiguration? Cors { get; init; }

    public required IReadOnlyList<DeployedOperation> Operations { get; init; }
}

/// <summary>An operation as a gateway serves it.</summary>
/// <param name="Verb">HTTP method.</param>
/// <param name="Target">URI template below the context.</param>
/// <param name="AuthType">Who may call it.</param>
/// <param name="Policy">Advanced policy; null counts nothing.</param>
/// <param name="Scopes">A token must hold any one of these.</param>
/// <param name="ProductionEndpoint">The backend of this operation alone, in an API product; null takes the API's.</param>
/// <param name="SandboxEndpoint">The same for sandbox keys.</param>
public sealed record DeployedOperation(
    string Verb, string Target, string AuthType, string? Policy, IReadOnlyList<string> Scopes, string? ProductionEndpoint = null,
    string? SandboxEndpoint = null);
