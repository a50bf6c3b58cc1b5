namespace Tollgate.Model;

/// <summary>The throttling policies that every organization starts with.</summary>
public static class DefaultPolicies
{
    /// <summary>Plan under which calls without a token are counted, per client address; not offered to subscribers.</summary>
    public const string Unauthenticated = "Unauthenticated";

    public static readonly IReadOnlyList<(PolicyKind Kind, string Name, long PerMinute)> All =
    [
        (PolicyKind.Application, "10PerMin", 10),
        (PolicyKind.Application, "20PerMin", 20),
        (PolicyKind.Application, "50PerMin", 50),
        (PolicyKind.Application, ThrottlingPolicy.Unlimited, 0),
        (PolicyKind.Subscription, "Gold", 5000),
        (PolicyKind.Subscription, "Silver", 2000),
        (PolicyKind.Subscription, "Bronze", 1000),
        (PolicyKind.Subscription, Unauthenticated, 500),
        (PolicyKind.Subscription, ThrottlingPolicy.Unlimited, 0),
        (PolicyKind.Advanced, "10KPerMin", 10_000),
        (PolicyKind.Advanced, "20KPerMin", 20_000),
        (PolicyKind.Advanced, "50KPerMin", 50_000),
        (PolicyKind.Advanced, ThrottlingPolicy.Unlimited, 0),
    ];

    public static ThrottlingPolicy Create(string id, string organization, PolicyKind kind, string name, long perMinute) => new()
    {
        Id = id,
        Organization = organization,
        Kind = kind,
        Name = name,
        DisplayName = name,
        Description = perMinute == 0 ? "Limits nothing" : $"Allows {perMinute} requests per minute",
        Terms = new PolicyTerms { Quota = perMinute == 0 ? null : new Quota(QuotaKind.Requests, perMinute, "min", 1) },
    };
}
