namespace Tollgate.Server.Configuration;

/// <summary>One line of a report: a setting, or what is left in the file of the original's.</summary>
/// <param name="Key">The key, with the number of each table it stands in.</param>
/// <param name="Value">The value, on one line, secrets masked.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Note">Why it is not used; null for a setting that is.</param>
internal sealed record ReportLine(string Key, string Value, string Origin, string? Note)
{
    public override string ToString() => $"{DisplayText.OneLine(Key)} = {Value}  # {Origin}{(Note is null ? "" : $": {Note}")}";
}

/// <summary>The configuration for people: all values with their origins.</summary>
internal sealed record ConfigurationReport(IReadOnlyList<ReportLine> Settings, IReadOnlyList<ReportLine> Unused)
{
    public static ConfigurationReport Of(EffectiveConfiguration configuration) => new(
        [.. LinesOf(configuration.Values, "")],
        [
            .. configuration.Unused
                .Select(unused => new ReportLine(unused.Path, unused.Value.ToString(), unused.Value.Origin.ToString(), unused.Note))
                .OrderBy(line => line.Key, StringComparer.Ordinal),
        ]);

    /// <summary>The report as text: settings sorted by key, then what is not used.</summary>
    public IEnumerable<string> Lines()
    {
        var settings = Settings.Select(line => line.ToString());
        return Unused.Count == 0 ? settings : [.. settings, "", "# Accepted, but not used:", .. Unused.Select(line => line.ToString())];
    }

    private static IEnumerable<ReportLine> LinesOf(SettingTable table, string path) =>
        from entry in table.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal)
        from line in LinesOf(entry.Value, path + entry.Key)
        select line;

    private static IEnumerable<ReportLine> LinesOf(SettingValue value, string path) => value is SettingList { HasTables: true } list
        ? list.Items.OfType<SettingTable>().SelectMany((table, index) => LinesOf(table, $"{path}[{index}]."))
        : [new ReportLine(path, value.ToString(), value.Origin.ToString(), Note: null)];
}
