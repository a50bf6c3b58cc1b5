using System.Globalization;
using System.Text.RegularExpressions;

namespace Tollgate.Server.Configuration;

/// <summary>Replaces <c>$ref{key}</c>, <c>$env{NAME}</c>, <c>$secret{alias}</c> and <c>${name}</c> by what they stand for.</summary>
/// <param name="sources">Environment, -D arguments, properties and ports.</param>
/// <param name="find">Finds the value of a key, as it was written, by any of the key's names.</param>
internal sealed partial class Placeholders(ConfigurationSources sources, Func<string, SettingValue?> find)
{
    private const string Offset = "server.offset";

    /// <summary>The keys being resolved, outermost first; meeting one of them again is a cycle.</summary>
    private readonly List<string> _open = [];
    private readonly Dictionary<string, SettingValue> _resolved = new(StringComparer.Ordinal);

    private string Key => _open[^1];

    /// <summary>The table with all placeholders replaced, except in the <c>[secrets]</c>: these are taken literally.</summary>
    public SettingTable Resolve(SettingTable table) => table with
    {
        Entries = table.Entries.ToDictionary(
            entry => entry.Key,
            entry => SecretNames.IsInSecretsTable(entry.Key) ? entry.Value : Resolve(entry.Key, entry.Value),
            StringComparer.Ordinal),
    };

    /// <summary>The text of a key with its placeholders replaced; null for a key without one.</summary>
    public string? TextOf(string key) =>
        find(key) is { } written && Resolve(key, written) is SettingText { Text: var text } ? text : null;

    /// <summary>The value of a key with its placeholders replaced.</summary>
    private SettingValue Resolve(string key, SettingValue written)
    {
        if (_resolved.TryGetValue(key, out var known))
        {
            return known;
        }

        if (_open.IndexOf(key) is >= 0 and var start)
        {
            var cycle = string.Join(" -> ", _open[start..].Append(key));
            throw ConfigurationException.At(written.Origin, $"key '{key}' refers to itself: {cycle}");
        }

        _open.Add(key);
        var resolved = Resolve(written);
        _open.RemoveAt(_open.Count - 1);
        return _resolved[key] = resolved;
    }

    private SettingValue Resolve(SettingValue value) => value switch
    {
        SettingText text => Resolve(text),
        SettingList list => list with { Items = [.. list.Items.Select(Resolve)] },
        SettingTable table => table with { Entries = table.Entries.ToDictionary(entry => entry.Key, entry => Resolve(entry.Value)) },
        _ => value,
    };

    private SettingValue Resolve(SettingText text)
    {
        var matches = Placeholder().Matches(text.Text);
        if (matches is [{ Groups: var only }] && only["kind"].Value == "ref" && only[0].Length == text.Text.Length && only["end"].Success)
        {
            var target = Referred(only["name"].Value.Trim(), text.Origin);
            return (text.IsSecret ? target.AsSecret() : target) with { Origin = text.Origin };
        }

        var isSecret = text.IsSecret;
        var result = Placeholder().Replace(text.Text, match =>
        {
            var part = Resolve(match, text.Origin);
            isSecret |= part.IsSecret;
            return part.Text;
        });
        return text with { Text = result, IsSecret = isSecret };
    }

    private SettingText Resolve(Match match, SettingOrigin origin)
    {
        var (kind, name) = (match.Groups["kind"].Value, match.Groups["name"].Value.Trim());
        if (!match.Groups["end"].Success)
        {
            return kind.Length == 0
                ? new SettingText(match.Value, origin)
                : throw ConfigurationException.At(origin, $"key '{Key}' has a ${kind}{{ without its closing }}");
        }

        return kind switch
        {
            "ref" => Referred(name, origin) as SettingText
                ?? throw ConfigurationException.At(origin, $"key '{Key}' has $ref{{{name}}} inside a longer text, but '{name}' is a list"),
            "env" => Variable(name, origin),
            "secret" => Secret(name, origin),
            _ => Property(name, origin) ?? new SettingText(match.Value, origin),
        };
    }

    private SettingValue Referred(string name, SettingOrigin origin) => find(name) is { } written
        ? Resolve(name, written)
        : throw ConfigurationException.At(origin, $"key '{Key}' has $ref{{{name}}}, but '{name}' is not set");

    private SettingText Variable(string name, SettingOrigin origin) => sources.Environment.TryGetValue(name, out var value)
        ? new SettingText(value, origin, SecretNames.Contains(name))
        : throw ConfigurationException.At(origin, $"key '{Key}' has $env{{{name}}}, but there is no such environment variable");

    private SettingText Secret(string alias, SettingOrigin origin) => find(SecretNames.SecretsTable + alias) switch
    {
        SettingText { Text: ['[', .. var plain, ']'] } => new SettingText(plain, origin, IsSecret: true),
        { } other => throw ConfigurationException.At(
            other.Origin,
            $"secret '{alias}' is not written as \"[value]\"; encrypted values are not supported yet by this version: "
            + $"write the value in brackets, or use $env{{NAME}} in place of $secret{{{alias}}}"),
        null => throw ConfigurationException.At(origin, $"key '{Key}' has $secret{{{alias}}}, but [secrets] has no such alias"),
    };

    /// <summary>The value of <c>${name}</c>; null for a name that nobody knows, which stays as it is.</summary>
    private SettingText? Property(string name, SettingOrigin origin)
    {
        var isSecret = SecretNames.Contains(name);
        if (sources.CommandLine.LastOrDefault(argument => argument.Key == name) is { Key: not null, Value: var argument })
        {
            return new SettingText(argument, origin, isSecret);
        }

        if (sources.Properties.TryGetValue(name, out var property))
        {
            return (SettingText)Resolve($"${{{name}}}", new SettingText(property, origin, isSecret));
        }

        return sources.Ports.TryGetValue(name, out var port) ? Port(name, new SettingText(port, origin)) : null;
    }

    private SettingText Port(string name, SettingText written)
    {
        var port = Number($"${{{name}}}", written);
        var offset = find(Offset) is { } value ? Number(Offset, value) : 0;
        return written with { Text = (port + offset).ToString(CultureInfo.InvariantCulture) };
    }

    private int Number(string key, SettingValue written)
    {
        var value = Resolve(key, written);
        return value is SettingText { Text: var text } && TextConversion.Read(text, typeof(int), "") is int number
            ? number
            : throw ConfigurationException.At(value.Origin, $"key '{key}' must be a whole number, found {DisplayText.Found(value)}");
    }

    [GeneratedRegex(@"\$(?<kind>ref|env|secret)?\{(?<name>[^{}]*)(?<end>\})?")]
    private static partial Regex Placeholder();
}
