using System.Collections;
using System.Collections.Concurrent;
using System.Data;
using System.Reflection;
using System.Text.RegularExpressions;
using Dapper;

namespace Tollgate.Storage.Dialects;

/// <summary>A statement for PostgreSQL: a list is one array parameter there, where Dapper writes out its members for other products.</summary>
internal sealed partial class PostgreSqlStatement
{
    private const int MostKnown = 2_000;

    private static readonly ConcurrentDictionary<string, PostgreSqlStatement> Known = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<PropertyInfo>> Properties = new();

    private readonly HashSet<string> _names;

    private PostgreSqlStatement(string sql)
    {
        Text = NotIn().Replace(In().Replace(sql, "= ANY(@$1)"), "<> ALL(@$1)");
        _names = Name().Matches(sql).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    public string Text { get; }

    // Texts are constants of the program and their few combinations; those of searches are many, and beyond this are read each time.
    public static PostgreSqlStatement Of(string sql) => Known.TryGetValue(sql, out var known) ? known
        : Known.Count < MostKnown ? Known.GetOrAdd(sql, static text => new PostgreSqlStatement(text))
        : new PostgreSqlStatement(sql);

    /// <summary>What the statement names, each with its type, so that an absent value has one too.</summary>
    public DynamicParameters Arguments(object arguments)
    {
        var parameters = new DynamicParameters();
        if (arguments is IEnumerable<KeyValuePair<string, object?>> named)
        {
            foreach (var (name, value) in named)
            {
                Add(parameters, name, value, value?.GetType() ?? typeof(string));
            }

            return parameters;
        }

        foreach (var property in Properties.GetOrAdd(arguments.GetType(), static type => type.GetProperties()))
        {
            if (_names.Contains(property.Name))
            {
                Add(parameters, property.Name, property.GetValue(arguments), property.PropertyType);
            }
        }

        return parameters;
    }

    private static void Add(DynamicParameters parameters, string name, object? value, Type type)
    {
        if (value is IEnumerable list and not (string or byte[]))
        {
            parameters.Add(name, ArrayOf(list));
            return;
        }

        type = Nullable.GetUnderlyingType(type) ?? type;
        parameters.Add(
            name, value,
            type == typeof(string) ? DbType.String
            : type == typeof(byte[]) ? DbType.Binary
            : type == typeof(int) ? DbType.Int32
            : type == typeof(long) ? DbType.Int64
            : null);
    }

    private static object ArrayOf(IEnumerable list) => list switch
    {
        IEnumerable<long> numbers => numbers.ToArray(),
        IEnumerable<int> numbers => numbers.ToArray(),
        _ => list.Cast<string>().ToArray(),
    };

    [GeneratedRegex(@"(?<!NOT\s+)\bIN\s+@(\w+)")]
    private static partial Regex In();

    [GeneratedRegex(@"\bNOT\s+IN\s+@(\w+)")]
    private static partial Regex NotIn();

    [GeneratedRegex(@"@(\w+)")]
    private static partial Regex Name();
}
