namespace Tollgate.Model;

/// <summary>How the limits of a policy are held to: what the contract of the field has no fields for.</summary>
public sealed record Enforcement
{
    public QuotaWindow Window { get; init; }

    public QuotaAccuracy Accuracy { get; init; }

    public QuotaOutage Outage { get; init; }

    /// <summary>A quota that is held to like this.</summary>
    public Quota? Of(Quota? quota) => quota is null ? null : quota with { Window = Window, Accuracy = Accuracy, Outage = Outage };
}
