using System.Text.RegularExpressions;

namespace Tollgate.Server.Configuration;

/// <summary>The original's keys that no options record declares, each with a sentence about what became of it.</summary>
/// <remarks>
/// A line of original-keys.txt is <c>key | sentence</c>. In a key, <c>*</c> stands for one name, and at the end for all that may follow.
/// </remarks>
internal sealed class OriginalKeys
{
    private readonly Dictionary<string, string> _notes = new(StringComparer.Ordinal);
    private readonly List<(string Pattern, Regex Matcher)> _patterns = [];

    public OriginalKeys(string lines)
    {
        foreach (var line in lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            if (line.Split(" | ") is not [var key, var note])
            {
                throw new FormatException($"Not 'key | sentence': {line}");
            }

            _notes.Add(key, note);
            if (key.Contains('*'))
            {
                _patterns.Add((key, Matcher(key)));
            }
        }

        _patterns.Sort((left, right) => right.Pattern.Length.CompareTo(left.Pattern.Length));
        Names = [.. _notes.Keys.Where(key => !key.Contains('*'))];
        Sections = _notes.Keys.Select(key => key.Split('.')[0]).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The table that comes with the program.</summary>
    public static OriginalKeys Shipped { get; } = ReadShipped();

    /// <summary>The keys that are written out, without a star.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The first names of all keys.</summary>
    public IReadOnlySet<string> Sections { get; }

    /// <summary>What became of the key; null for a key the original does not have. The longest pattern that fits decides.</summary>
    public string? NoteFor(string key) =>
        _notes.GetValueOrDefault(key)
        ?? (_patterns.Find(pattern => pattern.Matcher.IsMatch(key)) is { Pattern: { } pattern } ? _notes[pattern] : null);

    private static Regex Matcher(string pattern)
    {
        var (head, tail) = pattern.EndsWith(".*", StringComparison.Ordinal) ? (pattern[..^2], @"(\..+)?") : (pattern, "");
        var middle = Regex.Escape(head).Replace(@"\*", "[^.]+", StringComparison.Ordinal);
        return new Regex($@"\A{middle}{tail}\z", RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    private static OriginalKeys ReadShipped()
    {
        using var resource = typeof(OriginalKeys).Assembly.GetManifestResourceStream("original-keys.txt")!;
        using var reader = new StreamReader(resource);
        return new OriginalKeys(reader.ReadToEnd());
    }
}
