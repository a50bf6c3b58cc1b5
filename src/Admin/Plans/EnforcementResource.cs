using Tollgate.Model;

namespace Tollgate.Admin.Plans;

/// <summary>How the limits of a policy are held to.</summary>
internal sealed record EnforcementResource
{
    private static readonly (string Text, QuotaOutage Outage)[] Outages =
        [("local-share", QuotaOutage.LocalShare), ("open", QuotaOutage.Open), ("closed", QuotaOutage.Closed)];

    private static readonly (string Text, QuotaAccuracy Accuracy)[] Accuracies =
        [("estimated", QuotaAccuracy.Estimated), ("exact", QuotaAccuracy.Exact)];

    private static readonly (string Text, QuotaWindow Window)[] Windows =
        [("fixed", QuotaWindow.Fixed), ("sliding", QuotaWindow.Sliding), ("token-bucket", QuotaWindow.TokenBucket)];

    /// <summary>What a gateway does with them while it hears of no traffic manager: local-share, open or closed.</summary>
    public string? Outage { get; init; }

    /// <summary>How true they are over several gateways: estimated, or exact, which is never over.</summary>
    public string? Accuracy { get; init; }

    /// <summary>When what was used comes back: fixed, with the next window; sliding; or token-bucket.</summary>
    public string? Window { get; init; }

    public Enforcement Checked()
    {
        var enforcement = new Enforcement
        {
            Outage = Named("outage", Outage, Outages),
            Accuracy = Named("accuracy", Accuracy, Accuracies),
            Window = Named("window", Window, Windows),
        };
        return enforcement is { Accuracy: QuotaAccuracy.Exact, Window: not QuotaWindow.Fixed }
            ? throw Refusal.BadRequest($"Exact limits have fixed windows: take accuracy 'estimated' for window '{Window}', or window 'fixed'.", 900305)
            : enforcement;
    }

    public static EnforcementResource Of(Enforcement? enforcement)
    {
        var shown = enforcement ?? new Enforcement();
        return new EnforcementResource
        {
            Outage = Outages.First(entry => entry.Outage == shown.Outage).Text,
            Accuracy = Accuracies.First(entry => entry.Accuracy == shown.Accuracy).Text,
            Window = Windows.First(entry => entry.Window == shown.Window).Text,
        };
    }

    // What is not said is the first one.
    private static T Named<T>(string field, string? text, (string Text, T Value)[] choices) => text is null ? choices[0].Value
        : choices.FirstOrDefault(choice => choice.Text == text) is { Text: not null } found ? found.Value
        : throw Refusal.BadRequest($"{field} '{text}' is none of {string.Join(", ", choices.Select(choice => choice.Text))}.", 900305);
}
