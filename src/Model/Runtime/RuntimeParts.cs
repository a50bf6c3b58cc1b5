namespace Tollgate.Model.Runtime;

/// <summary>What of an API a gateway must know beside its deployments.</summary>
public sealed record RuntimeApi(string Id, LifecycleState State, bool IsDefaultVersion);

/// <summary>An application as a gateway counts it.</summary>
public sealed record RuntimeApplication(string Id, string Organization, string Name, string Owner, string Policy, string Status)
{
    /// <summary>Per subject when his count was started anew; null for an application without resets.</summary>
    public IReadOnlyDictionary<string, long>? Resets { get; init; }
}

/// <summary>A consumer key as a gateway accepts it.</summary>
/// <param name="ConsumerKey">OAuth client id, the token's <c>azp</c>.</param>
/// <param name="ApplicationId">Its application.</param>
/// <param name="KeyType">Which endpoints its tokens reach.</param>
/// <param name="NotBefore">Tokens issued up to this Unix second are refused.</param>
public sealed record RuntimeCredential(string ConsumerKey, string ApplicationId, KeyType KeyType, long NotBefore);

/// <summary>A subscription as a gateway checks it.</summary>
public sealed record RuntimeSubscription(string Id, string ApiId, string ApplicationId, string Plan, SubscriptionState State);

/// <summary>A throttling policy as a gateway counts by it.</summary>
public sealed record RuntimePolicy(string Organization, PolicyKind Kind, string Name, Quota? Quota, Quota? Burst, bool StopOnQuotaReach)
{
    /// <summary>See <see cref="PolicyTerms.Groups"/>.</summary>
    public IReadOnlyList<ConditionGroup> Groups { get; init; } = [];

    /// <summary>Of a custom policy.</summary>
    public CustomRule? Rule { get; init; }

    /// <summary>See <see cref="PolicyTerms.Enforcement"/>.</summary>
    public Enforcement? Enforcement { get; init; }

    /// <summary>The policy whose quotas say themselves how they are held to.</summary>
    public RuntimePolicy Enforced() => Enforcement is null ? this : this with
    {
        Quota = Enforcement.Of(Quota),
        Burst = Enforcement.Of(Burst),
        Groups = [.. Groups.Select(group => group with { Quota = Enforcement.Of(group.Quota) })],
    };
}

/// <summary>A deny policy as a gateway applies it.</summary>
/// <param name="Organization">Whose APIs it protects.</param>
/// <param name="Kind">What <paramref name="Subject"/> is.</param>
/// <param name="Subject">See <see cref="DenyPolicy.Subject"/>.</param>
/// <param name="Invert">Everything but the subject is denied.</param>
/// <param name="Enabled">False while it is switched off.</param>
public sealed record RuntimeDenyPolicy(string Organization, DenyKind Kind, string Subject, bool Invert, bool Enabled);

/// <summary>An organization whose state was ever changed; false while gateways serve none of its APIs.</summary>
public sealed record RuntimeOrganization(bool Active);

/// <summary>A public key that tokens are signed with.</summary>
/// <param name="KeyId">The token header's <c>kid</c>.</param>
/// <param name="Issuer">The <c>iss</c> that tokens under this key must carry.</param>
/// <param name="Jwk">Public JSON Web Key (RFC 7517).</param>
public sealed record RuntimeSigningKey(string KeyId, string Issuer, string Jwk);

/// <summary>An opaque API key as a gateway accepts it.</summary>
/// <param name="Hash">SHA-256 of the key, lower-case hex.</param>
/// <param name="ApplicationId">Its application; null when it is lent to none, and then it calls nothing.</param>
/// <param name="ApiId">The only API it calls; null for all that the application subscribed to.</param>
/// <param name="KeyType">Which endpoints it reaches.</param>
/// <param name="ExpiresAt">Unix second; 0 for never.</param>
/// <param name="PermittedIp">Where it may come from, see <see cref="ApiKey.PermittedIp"/>.</param>
/// <param name="PermittedReferer">See <see cref="ApiKey.PermittedReferer"/>.</param>
public sealed record RuntimeApiKey(
    string Hash, string? ApplicationId, string? ApiId, KeyType KeyType, long ExpiresAt, string? PermittedIp, string? PermittedReferer);

/// <summary>The key that tells opaque secrets of ours from made-up ones; it is derived from the control plane's master key.</summary>
public sealed record RuntimeSecretCheck(byte[] Key);
