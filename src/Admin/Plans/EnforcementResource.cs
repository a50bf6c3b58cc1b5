using Tollgate.Model;

namespace Tollgate.Admin.Plans;

/// <summary>How the limits of a policy are held to.</summary>
internal sealed record EnforcementResource
{
    private static readonly (string Text, QuotaOutage Outage)[] Outages =
        [("local-share", QuotaOutage.LocalShare), ("open", QuotaOutage.Open), ("closed", QuotaOutage.Closed)];

    private static readonly (string Text, QuotaAccuracy Accuracy)[] Accuracies =
        [("estimated", QuotaAccuracy.Estimated), ("exact", QuotaAccuracy.Exact)];

    /// <summary>What a gateway does with them while it hears of no traffic manager: local-share, open or closed.</summary>
    public string? Outage { get; init; }

    /// <summary>How true they are over several gateways: estimated, or exact, which is never over.</summary>
    public string? Accuracy { get; init; }

    public Enforcement Checked() => new()
    {
        Outage = Named("outage", Outage, Outages),
        Accuracy = Named("accuracy", Accuracy, Accuracies),
    };

    public static EnforcementResource Of(Enforcement? enforcement)
    {
        var shown = enforcement ?? new Enforcement();
        return new EnforcementResource
        {
            Outage = Outages.First(entry => entry.Outage == shown.Outage).Text,
            Accuracy = Accuracies.First(entry => entry.Accuracy == shown.Accuracy).Text,
        };
    }

    // What is not said is the first one.
    private static T Named<T>(string field, string? text, (string Text, T Value)[] choices) => text is null ? choices[0].Value
        : choices.FirstOrDefault(choice => choice.Text == text) is { Text: not null } found ? found.Value
        : throw Refusal.BadRequest($"{field} '{text}' is none of {string.Join(", ", choices.Select(choice => choice.Text))}.", 900305);
}
