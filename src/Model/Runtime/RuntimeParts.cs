namespace Tollgate.Model.Runtime;

/// <summary>What of an API a gateway must know beside its deployments.</summary>
public sealed record RuntimeApi(string Id, LifecycleState State, bool IsDefaultVersion);

/// <summary>An application as a gateway counts it.</summary>
public sealed record RuntimeApplication(string Id, string Organization, string Name, string Owner, string Policy, string Status);

/// <summary>A consumer key as a gateway accepts it.</summary>
/// <param name="ConsumerKey">OAuth client id, the token's <c>azp</c>.</param>
/// <param name="ApplicationId">Its application.</param>
/// <param name="KeyType">Which endpoints its tokens reach.</param>
/// <param name="NotBefore">Tokens issued up to this Unix second are refused.</param>
public sealed record RuntimeCredential(string ConsumerKey, string ApplicationId, KeyType KeyType, long NotBefore);

/// <summary>A subscription as a gateway checks it.</summary>
public sealed record RuntimeSubscription(string Id, string ApiId, string ApplicationId, string Plan, SubscriptionState State);

/// <summary>A throttling policy as a gateway counts by it.</summary>
public sealed record RuntimePolicy(string Organization, PolicyKind Kind, string Name, Quota? Quota, Quota? Burst, bool StopOnQuotaReach);

/// <summary>A public key that tokens are signed with.</summary>
/// <param name="KeyId">The token header's <c>kid</c>.</param>
/// <param name="Issuer">The <c>iss</c> that tokens under this key must carry.</param>
/// <param name="Jwk">Public JSON Web Key (RFC 7517).</param>
public sealed record RuntimeSigningKey(string KeyId, string Issuer, string Jwk);
