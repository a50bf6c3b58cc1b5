namespace Tollgate.Server.Configuration.Toml;

/// <summary>An array: written as a value, which closes it, or grown by one table for every [[header]] of its name.</summary>
internal sealed class TomlArray : TomlValue
{
    private readonly List<TomlValue> _items;

    private TomlArray(List<TomlValue> items, bool grows, TomlPosition position) : base(position)
    {
        _items = items;
        GrowsByHeaders = grows;
    }

    public IReadOnlyList<TomlValue> Items => _items;

    /// <summary>True for an array of tables made by [[headers]]; only these accept further tables (TOML 1.0, Array of Tables).</summary>
    public bool GrowsByHeaders { get; }

    /// <summary>The table that headers below an array of tables refer to.</summary>
    public TomlTable LastTable => (TomlTable)_items[^1];

    public override string Kind => "an array";

    /// <summary>An array written as a value.</summary>
    public static TomlArray Of(List<TomlValue> items, TomlPosition position) => new(items, grows: false, position);

    /// <summary>An array of tables that its first [[header]] opens with <paramref name="first"/>.</summary>
    public static TomlArray OfTables(TomlTable first, TomlPosition position) => new([first], grows: true, position);

    /// <summary>Adds the table of a further [[header]].</summary>
    public void Add(TomlTable table) => _items.Add(table);
}
