using Tollgate.Model;
using Tollgate.Model.Runtime;

namespace Tollgate.Storage.Runtime;

/// <summary>What every row of the feed carries.</summary>
internal abstract record FeedRow
{
    public string Id { get; init; } = "";

    public long RuntimeVersion { get; init; }
}

/// <summary>A row of runtime_tombstones.</summary>
internal sealed record TombstoneRow : FeedRow
{
    public string Kind { get; init; } = "";
}

/// <summary>The public half of a row of signing_keys.</summary>
internal sealed record SigningKeyRow : FeedRow
{
    public string KeyId { get; init; } = "";

    public string Issuer { get; init; } = "";

    public string PublicJwk { get; init; } = "";
}

/// <summary>A row of throttling_policies.</summary>
internal sealed record PolicyRow : FeedRow
{
    public string Organization { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Name { get; init; } = "";

    public string Terms { get; init; } = "";

    public RuntimePolicy ToPolicy()
    {
        var terms = ModelJson.Read<PolicyTerms>(Terms);
        return new RuntimePolicy(Organization, EnumText<PolicyKind>.Parse(Kind), Name, terms.Quota, terms.Burst, terms.StopOnQuotaReach)
        {
            Groups = terms.Groups,
            Rule = terms.Rule,
            Enforcement = terms.Enforcement,
        };
    }
}

/// <summary>State and default mark of a row of apis.</summary>
internal sealed record ApiStateRow : FeedRow
{
    public string State { get; init; } = "";

    public long IsDefaultVersion { get; init; }
}

/// <summary>A deployment joined with its revision and API.</summary>
internal sealed record DeployedRow : FeedRow
{
    public string Organization { get; init; } = "";

    public string Name { get; init; } = "";

    public string Version { get; init; } = "";

    public string Context { get; init; } = "";

    public string Provider { get; init; } = "";

    public string State { get; init; } = "";

    public string Design { get; init; } = "";

    public string Operations { get; init; } = "";

    public int Number { get; init; }

    public string RevisionId { get; init; } = "";

    public string Environment { get; init; } = "";

    public string VirtualHost { get; init; } = "";

    public string? EnvironmentType { get; init; }

    public string? DefaultHost { get; init; }

    public DeploymentSource ToSource()
    {
        var design = ModelJson.Read<ApiDesign>(Design);
        var api = new Api
        {
            Id = Id,
            Organization = Organization,
            Name = Name,
            Version = Version,
            Context = Context,
            Provider = Provider,
            State = EnumText<LifecycleState>.Parse(State),
            Design = design,
            UpdatedBy = Provider,
        };
        var deployment = new Deployment { ApiId = Id, RevisionId = RevisionId, Environment = Environment, VirtualHost = VirtualHost };
        return new DeploymentSource(api, deployment, Number, design, ModelJson.Read<IReadOnlyList<Operation>>(Operations))
        {
            StoredEnvironment = EnvironmentType is null ? null : new StoredEnvironment(EnvironmentType, DefaultHost!),
        };
    }
}

/// <summary>A row of applications.</summary>
internal sealed record ApplicationStateRow : FeedRow
{
    public string Organization { get; init; } = "";

    public string Name { get; init; } = "";

    public string Owner { get; init; } = "";

    public string Policy { get; init; } = "";

    public string Status { get; init; } = "";

    public string? ThrottleResets { get; init; }

    public RuntimeApplication ToApplication() => new(Id, Organization, Name, Owner, Policy, Status)
    {
        Resets = ThrottleResets is null ? null : ModelJson.Read<IReadOnlyDictionary<string, long>>(ThrottleResets),
    };
}

/// <summary>The part of a row of credentials that gateways need.</summary>
internal sealed record CredentialStateRow : FeedRow
{
    public string ConsumerKey { get; init; } = "";

    public string ApplicationId { get; init; } = "";

    public string KeyType { get; init; } = "";

    public long NotBefore { get; init; }
}

/// <summary>A row of subscriptions.</summary>
internal sealed record SubscriptionStateRow : FeedRow
{
    public string ApiId { get; init; } = "";

    public string ApplicationId { get; init; } = "";

    public string Plan { get; init; } = "";

    public string State { get; init; } = "";
}

/// <summary>A row of revocations.</summary>
internal sealed record RevocationRow : FeedRow
{
    public string Kind { get; init; } = "";

    public string Subject { get; init; } = "";

    public long NotBefore { get; init; }

    public long ExpiresAt { get; init; }
}

/// <summary>The part of a row of api_keys that gateways need.</summary>
internal sealed record ApiKeyStateRow : FeedRow
{
    public string KeyHash { get; init; } = "";

    public string? ApplicationId { get; init; }

    public string? ApiId { get; init; }

    public string KeyType { get; init; } = "";

    public long Validity { get; init; }

    public long CreatedAt { get; init; }

    public string? PermittedIp { get; init; }

    public string? PermittedReferer { get; init; }

    public RuntimeApiKey ToApiKey() => new(
        KeyHash, ApplicationId, ApiId, EnumText<KeyType>.Parse(KeyType), Validity == ApiKey.NoEnd ? 0 : (CreatedAt / 1000) + Validity,
        PermittedIp, PermittedReferer);
}

/// <summary>A row of organization_states.</summary>
internal sealed record OrganizationStateRow : FeedRow
{
    public long Active { get; init; }
}
