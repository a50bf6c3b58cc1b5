using Tollgate.Model;

namespace Tollgate.Admin.Plans;

/// <summary>How the limits of a policy are held to.</summary>
/// <param name="Outage">What a gateway does with them while it hears of no traffic manager: local-share, open or closed.</param>
internal sealed record EnforcementResource(string? Outage)
{
    private static readonly (string Text, QuotaOutage Outage)[] Outages =
        [("local-share", QuotaOutage.LocalShare), ("open", QuotaOutage.Open), ("closed", QuotaOutage.Closed)];

    public Enforcement Checked() => Outage is null ? new Enforcement()
        : Outages.FirstOrDefault(entry => entry.Text == Outage) is { Text: not null } found ? new Enforcement { Outage = found.Outage }
        : throw Refusal.BadRequest($"outage '{Outage}' is none of {string.Join(", ", Outages.Select(entry => entry.Text))}.", 900305);

    public static EnforcementResource Of(Enforcement? enforcement) =>
        new(Outages.First(entry => entry.Outage == (enforcement?.Outage ?? QuotaOutage.LocalShare)).Text);
}
