using Tollgate.Gateway.Throttle;
using Tollgate.Model;
using Tollgate.Model.Runtime;

namespace Tollgate.Gateway.Match;

/// <summary>An operation as requests read it: immutable but for its resolved limits.</summary>
/// <param name="operation">As it is deployed.</param>
/// <param name="throttleKey">Counted per operation: <c>context/version/template:VERB</c>.</param>
/// <param name="also">Of a topic that is both subscribed to and published to: its other operation.</param>
internal sealed class ServedOperation(DeployedOperation operation, string throttleKey, ServedOperation? also = null)
{
    public string Verb => operation.Verb;

    public string Target => operation.Target;

    public string? Policy => operation.Policy;

    /// <summary>A token must hold any one of these; none asks for nothing.</summary>
    public IReadOnlyList<string> Scopes => operation.Scopes;

    /// <summary>The backend of this operation alone; null takes the API's.</summary>
    public string? ProductionEndpoint => operation.ProductionEndpoint;

    /// <summary>The same for sandbox keys.</summary>
    public string? SandboxEndpoint => operation.SandboxEndpoint;

    public bool NeedsToken { get; } = operation.AuthType != AuthTypes.None || also?.NeedsToken == true;

    /// <summary>A WebSocket connection carries both directions: who opens it must be allowed this operation of the topic too.</summary>
    public ServedOperation? Also => also;

    /// <summary>The token type (<c>aut</c>) the operation wants; null for any.</summary>
    public bool? WantsUser { get; } = operation.AuthType switch
    {
        AuthTypes.ApplicationUser => true,
        AuthTypes.Application => false,
        _ => null,
    };

    public string ThrottleKey => throttleKey;

    /// <summary>The advanced policy's limits, resolved once per snapshot.</summary>
    public ResolvedLimits Limits { get; } = new();
}
