namespace Tollgate.Storage;

/// <summary>The form of a name that uniqueness and look-ups compare: case does not matter, in every database alike.</summary>
public static class NameKey
{
    public static string Of(string name) => name.Normalize().ToLowerInvariant();

    /// <summary>A LIKE pattern (escape character !) for a part of a name key in which a star stands for anything.</summary>
    internal static string Like(string text) => Contains(text.Trim('*')).Replace('*', '%');

    /// <summary>A LIKE pattern (escape character !) that finds the text anywhere in a name key.</summary>
    internal static string Contains(string text) => Pattern(Of(text));

    /// <summary>The same for a column that keeps case.</summary>
    internal static string Pattern(string text) => "%" + text
        .Replace("!", "!!", StringComparison.Ordinal)
        .Replace("%", "!%", StringComparison.Ordinal)
        .Replace("_", "!_", StringComparison.Ordinal) + "%";
}
