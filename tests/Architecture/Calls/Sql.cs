using System.Text.RegularExpressions;
using Tollgate.Architecture.Compiled;

namespace Tollgate.Architecture.Calls;

/// <summary>Finds SQL statements among the string literals of a method.</summary>
internal static partial class Sql
{
    private const char Between = '\0';

    /// <summary>Interpolation breaks a statement into several literals, so a method's literals are read as one text.</summary>
    public static IEnumerable<Finding> Check(CompiledMethod method)
    {
        var text = string.Join(Between, method.Strings);
        var match = Capitals().Match(text);
        match = match.Success ? match : SmallLetters().Match(text);
        var statement = match.Value.Replace(Between, ' ').ReplaceLineEndings(" ").Trim();
        return match.Success ? [new Finding(method.FullName, $"has SQL: {statement}")] : [];
    }

    // In capitals it is SQL wherever it stands.
    [GeneratedRegex(
        @"\bSELECT\b.*?\bFROM\b|\bINSERT\s+INTO\b|\bUPDATE\b.+?\bSET\b|\bDELETE\s+FROM\b|\bCREATE\s+(UNIQUE\s+)?(TABLE|INDEX)\b",
        RegexOptions.Singleline)]
    private static partial Regex Capitals();

    // In small letters it may be a sentence, unless a literal begins with it.
    [GeneratedRegex(
        @"(?<=^|\0)\s*(select\b[^\0]*?\bfrom|insert\s+into|update\b[^\0]+?\bset|delete\s+from|create\s+(unique\s+)?(table|index))\b")]
    private static partial Regex SmallLetters();
}
