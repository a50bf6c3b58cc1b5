namespace Tollgate.Model;

/// <summary>How the limits of a policy are held to: what the contract of the field has no fields for.</summary>
public sealed record Enforcement
{
    public QuotaAccuracy Accuracy { get; init; }

    public QuotaOutage Outage { get; init; }

    public QuotaWindow Window { get; init; }

    /// <summary>A quota that is held to like this.</summary>
    public Quota? Of(Quota? quota) => quota is null ? null : quota with { Accuracy = Accuracy, Outage = Outage, Window = Window };
}
