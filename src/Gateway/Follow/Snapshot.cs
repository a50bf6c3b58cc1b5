using System.Collections.Immutable;
using Tollgate.Gateway.Follow.Conditions;
using Tollgate.Gateway.Follow.Rules;
using Tollgate.Gateway.Match;
using Tollgate.Model;
using Tollgate.Model.Runtime;
using Tollgate.Security.Secrets;

namespace Tollgate.Gateway.Follow;

/// <summary>Everything a gateway knows at one runtime version: immutable, replaced as a whole by one reference write.</summary>
internal sealed record Snapshot
{
    public static readonly Snapshot Empty = new();

    /// <summary>Which runtime version this is.</summary>
    public RuntimeCursor Cursor { get; init; } = RuntimeCursor.Start;

    /// <summary>False until the first state has arrived, from the control plane or from disk.</summary>
    public bool IsReady => Cursor.Epoch.Length > 0;

    public RouteTable Routes { get; init; } = RouteTable.Empty;

    public IssuerKeys Keys { get; init; } = IssuerKeys.None;

    /// <summary>By consumer key.</summary>
    public ImmutableDictionary<string, RuntimeCredential> Credentials { get; init; } = ImmutableDictionary<string, RuntimeCredential>.Empty;

    /// <summary>Opaque API keys by their SHA-256.</summary>
    public ImmutableDictionary<string, RuntimeApiKey> ApiKeys { get; init; } = ImmutableDictionary<string, RuntimeApiKey>.Empty;

    /// <summary>Tells opaque secrets of ours from made-up ones; null until the control plane has said how.</summary>
    public OpaqueSecrets? Secrets { get; init; }

    /// <summary>Consumer keys and hashes of API keys that were deleted: known to be gone, as opposed to not having arrived yet.</summary>
    public ImmutableHashSet<string> DeletedKeys { get; init; } = [];

    public ImmutableDictionary<string, RuntimeApplication> Applications { get; init; } = ImmutableDictionary<string, RuntimeApplication>.Empty;

    /// <summary>By application and API.</summary>
    public ImmutableDictionary<(string ApplicationId, string ApiId), RuntimeSubscription> Subscriptions { get; init; } =
        ImmutableDictionary<(string, string), RuntimeSubscription>.Empty;

    /// <summary>By organization, kind and name.</summary>
    public ImmutableDictionary<(string Organization, PolicyKind Kind, string Name), RuntimePolicy> Policies { get; init; } =
        ImmutableDictionary<(string, PolicyKind, string), RuntimePolicy>.Empty;

    /// <summary>Of advanced policies that have any, by organization and name.</summary>
    public ImmutableDictionary<(string Organization, string Name), IReadOnlyList<CallGroup>> Groups { get; init; } =
        ImmutableDictionary<(string, string), IReadOnlyList<CallGroup>>.Empty;

    public CustomPolicyTable CustomPolicies { get; init; } = CustomPolicyTable.Empty;

    public ImmutableDictionary<(RevocationKind Kind, string Value), Revocation> Revocations { get; init; } =
        ImmutableDictionary<(RevocationKind, string), Revocation>.Empty;

    /// <summary>Organizations whose APIs are not served.</summary>
    public ImmutableHashSet<string> InactiveOrganizations { get; init; } = [];

    public DenyTable DenyPolicies { get; init; } = DenyTable.Empty;

    public ImmutableDictionary<string, RuntimeApi> Apis { get; init; } = ImmutableDictionary<string, RuntimeApi>.Empty;

    /// <summary>By the id of the change that brought them; all environments, those of other gateways included.</summary>
    public ImmutableDictionary<string, ServedApi> Deployments { get; init; } = ImmutableDictionary<string, ServedApi>.Empty;

    /// <summary>The runtime version that each thing was last changed by, per kind and id: what makes two states comparable.</summary>
    public ImmutableDictionary<(RuntimeKind Kind, string Id), Known> Things { get; init; } = ImmutableDictionary<(RuntimeKind, string), Known>.Empty;

    public RuntimePolicy? PolicyOf(string organization, PolicyKind kind, string name) =>
        Policies.TryGetValue((organization, kind, name), out var policy) ? policy : null;

    /// <summary>The condition groups of an advanced policy.</summary>
    public IReadOnlyList<CallGroup> GroupsOf(string organization, string policy) =>
        Groups.TryGetValue((organization, policy), out var groups) ? groups : [];
}

/// <summary>A thing that runtime state contains: its version, and the key it is found under.</summary>
/// <param name="Version">Runtime version of its last change.</param>
/// <param name="Change">The change itself, to write snapshots from and to find what a later removal removes.</param>
internal sealed record Known(long Version, RuntimeChange Change);
