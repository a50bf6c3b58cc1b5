using Tollgate.Model;

namespace Tollgate.Storage.Search;

/// <summary>Conditions that all hold, and the values of their parameters.</summary>
internal sealed class Conditions
{
    private readonly List<string> _all = [];
    private int _values;

    public Dictionary<string, object?> Arguments { get; } = [];

    public string Sql => string.Join("\n  AND ", _all);

    public void Add(string condition) => _all.Add(condition);

    /// <summary>The values of @limit and @offset.</summary>
    public void Add(PageRequest page) => (Arguments["limit"], Arguments["offset"]) = (page.Limit, page.Offset);

    /// <summary>Any one of these.</summary>
    public void AddAny(IEnumerable<string> conditions) => _all.Add($"({string.Join(" OR ", conditions)})");

    /// <summary>A parameter with this value, as it stands in the SQL.</summary>
    public string Value(object value)
    {
        var name = $"v{_values++}";
        Arguments.Add(name, value);
        return "@" + name;
    }

    /// <summary>A comparison of a name key with what a term looks for.</summary>
    public string Matches(string column, string value, bool exact) => exact
        ? $"{column} = {Value(NameKey.Of(value))}"
        : $"{column} LIKE {Value(NameKey.Like(value))} ESCAPE '!'";
}
