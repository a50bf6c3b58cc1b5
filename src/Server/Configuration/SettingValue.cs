namespace Tollgate.Server.Configuration;

/// <summary>A configured value that remembers where it comes from.</summary>
internal abstract record SettingValue(SettingOrigin Origin)
{
    /// <summary>The same value, masked wherever it is shown.</summary>
    public abstract SettingValue AsSecret();

    /// <summary>What may be shown, never a secret: the text that records make of themselves would end up in logs.</summary>
    public sealed override string ToString() => DisplayText.Of(this);
}

/// <summary>A single value in its text form; quoted or not makes no difference.</summary>
internal sealed record SettingText(string Text, SettingOrigin Origin, bool IsSecret = false) : SettingValue(Origin)
{
    public override SettingText AsSecret() => this with { IsSecret = true };
}

/// <summary>A list, of texts or of tables.</summary>
internal sealed record SettingList(IReadOnlyList<SettingValue> Items, SettingOrigin Origin) : SettingValue(Origin)
{
    public bool HasTables => Items.Any(item => item is SettingTable);

    public override SettingList AsSecret() => this with { Items = [.. Items.Select(item => item.AsSecret())] };

    /// <summary>The list with every table in it replaced.</summary>
    public SettingList WithTables(Func<SettingTable, int, SettingTable> replacement) =>
        this with { Items = [.. Items.Select((item, index) => item is SettingTable table ? replacement(table, index) : item)] };
}

/// <summary>Values by dotted key: the whole configuration, or one table of a list with keys relative to it.</summary>
internal sealed record SettingTable(IReadOnlyDictionary<string, SettingValue> Entries, SettingOrigin Origin) : SettingValue(Origin)
{
    public static readonly SettingTable Empty = new(new Dictionary<string, SettingValue>(), SettingOrigin.Default);

    public override SettingTable AsSecret() =>
        this with { Entries = Entries.ToDictionary(entry => entry.Key, entry => entry.Value.AsSecret(), StringComparer.Ordinal) };
}
