using System.Diagnostics.CodeAnalysis;

namespace Tollgate.Server.Configuration.Toml;

/// <summary>How a table came to be, which decides who may still add to it (TOML 1.0, Table and Inline Table).</summary>
internal enum TomlTableOrigin
{
    /// <summary>Only named on the way to a table further down: a header or dotted keys may still define it.</summary>
    Implied,

    /// <summary>By its own [header] or [[header]]: its keys stand under that header and nowhere else.</summary>
    Header,

    /// <summary>By dotted keys: more dotted keys of the same section may add to it, a header may not.</summary>
    DottedKey,

    /// <summary>In braces: complete once written.</summary>
    Inline,
}

/// <summary>A table: named values in the order they were written.</summary>
internal sealed class TomlTable(TomlTableOrigin origin, TomlPosition position) : TomlValue(position)
{
    private readonly OrderedDictionary<string, TomlValue> _entries = new(StringComparer.Ordinal);

    public TomlTableOrigin Origin { get; private set; } = origin;

    public IReadOnlyList<KeyValuePair<string, TomlValue>> Entries => _entries;

    public override string Kind => "a table";

    public bool TryGet(string name, [NotNullWhen(true)] out TomlValue? value) => _entries.TryGetValue(name, out value);

    /// <summary>Adds an entry whose name the caller has found to be free.</summary>
    public void Add(string name, TomlValue value) => _entries.Add(name, value);

    /// <summary>Gives a table that was only implied so far its definition.</summary>
    public void Define(TomlTableOrigin origin, TomlPosition position)
    {
        Origin = origin;
        Position = position;
    }
}
