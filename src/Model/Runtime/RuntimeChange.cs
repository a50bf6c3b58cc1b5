namespace Tollgate.Model.Runtime;

/// <summary>How far a gateway has followed: a database's epoch and a runtime version in it.</summary>
/// <param name="Epoch">Changes when a database is restored or copied, so that versions of two histories are never compared.</param>
/// <param name="Version">The last runtime version that is applied; 0 before the first.</param>
public sealed record RuntimeCursor(string Epoch, long Version)
{
    public static readonly RuntimeCursor Start = new("", 0);
}

/// <summary>One change of runtime state: exactly one part is set, or none when the thing is gone.</summary>
public sealed record RuntimeChange
{
    public required long Version { get; init; }

    public required RuntimeKind Kind { get; init; }

    public required string Id { get; init; }

    public DeployedApi? Deployment { get; init; }

    public RuntimeApi? Api { get; init; }

    public RuntimeApplication? Application { get; init; }

    public RuntimeCredential? Credential { get; init; }

    public RuntimeSubscription? Subscription { get; init; }

    public RuntimePolicy? Policy { get; init; }

    public RuntimeSigningKey? SigningKey { get; init; }

    public Revocation? Revocation { get; init; }

    public RuntimeApiKey? ApiKey { get; init; }

    public RuntimeSecretCheck? SecretCheck { get; init; }

    public RuntimeDenyPolicy? DenyPolicy { get; init; }

    public RuntimeOrganization? Organization { get; init; }

    /// <summary>True when the change says that the thing no longer exists.</summary>
    public bool Gone => (object?)Deployment is null && Api is null && Application is null && Credential is null
        && Subscription is null && Policy is null && SigningKey is null && Revocation is null && ApiKey is null && SecretCheck is null
        && DenyPolicy is null && Organization is null;
}
