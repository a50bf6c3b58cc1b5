namespace Tollgate.Architecture;

/// <summary>One place that breaks a rule: what it is, and what is wrong with it.</summary>
internal sealed record Finding(string Subject, string Problem);

/// <summary>A subject that may break a rule, and why.</summary>
internal sealed record Exemption(string Subject, string Reason);

/// <summary>Turns findings into a failed test that says what to do.</summary>
internal static class Rule
{
    private const string NotNeeded = "needs no exemption any more; take it out of the list";

    public static void Holds(string remedy, IEnumerable<Finding> findings, params IReadOnlyList<Exemption> exemptions)
    {
        if (Report(remedy, findings, exemptions) is { } report)
        {
            Assert.Fail(report);
        }
    }

    /// <summary>Null when the rule holds. An exemption that nothing needs any more is a finding too: such lists only shrink.</summary>
    public static string? Report(string remedy, IEnumerable<Finding> findings, IReadOnlyList<Exemption> exemptions)
    {
        var found = findings.Distinct().ToList();
        var exempt = exemptions.Select(exemption => exemption.Subject).ToHashSet();
        string[] lines =
        [
            .. found.Where(finding => !exempt.Contains(finding.Subject)).Select(finding => $"{finding.Subject}: {finding.Problem}"),
            .. exempt.Except(found.Select(finding => finding.Subject)).Select(subject => $"{subject}: {NotNeeded}"),
        ];
        return lines.Length == 0 ? null : string.Join(Environment.NewLine + "  ", lines.Order(StringComparer.Ordinal).Prepend(remedy));
    }
}
