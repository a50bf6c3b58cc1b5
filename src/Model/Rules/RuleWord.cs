namespace Tollgate.Model.Rules;

/// <summary>What a word of a query is.</summary>
internal enum WordKind
{
    End,
    Name,
    Text,
    Number,
    Sign,
}

/// <summary>A word of a query.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As written; of a text, what stands between its quotes.</param>
/// <param name="Line">Line of the query, from 1.</param>
internal readonly record struct RuleWord(WordKind Kind, string Text, int Line)
{
    public bool Is(string sign) => Kind == WordKind.Sign && Text == sign;

    /// <summary>Key words and functions are read in any case.</summary>
    public bool IsName(string name) => Kind == WordKind.Name && Text.Equals(name, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Kind == WordKind.End ? "the end" : $"'{Text}'";
}
