using System.Text;

namespace Tollgate.Storage.Search;

/// <summary>The words of texts, as the full-text index keeps them and as a search asks for them.</summary>
/// <remarks>
/// Each is written with an x before it: MySQL leaves out words of one or two letters and its stop words, and no such word begins with x. A word in
/// camel case counts whole and in parts, because that is how operations and schemas are named.
/// </remarks>
internal sealed class Words
{
    private const int LongestWord = 40;

    // PostgreSQL keeps at most 1 MB of words per text; GitHub's REST description (13 MB) has 116 KB.
    private const int MostLetters = 400_000;

    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private int _letters;

    public static Words Of(params IEnumerable<string?> texts)
    {
        var words = new Words();
        foreach (var text in texts)
        {
            words.Add(text);
        }

        return words;
    }

    public IReadOnlyCollection<string> All => _words;

    public void Add(ReadOnlySpan<char> text)
    {
        var start = 0;
        for (var at = 0; at <= text.Length; at++)
        {
            if (at == text.Length || !IsLetter(text[at]))
            {
                AddWord(text[start..at]);
                start = at + 1;
            }
        }
    }

    public override string ToString() => string.Join(' ', _words);

    private void AddWord(ReadOnlySpan<char> word)
    {
        Keep(word);
        var part = 0;
        for (var at = 1; at < word.Length; at++)
        {
            if (char.IsUpper(word[at]) && char.IsLower(word[at - 1]))
            {
                Keep(word[part..at]);
                part = at;
            }
        }

        if (part > 0)
        {
            Keep(word[part..]);
        }
    }

    private void Keep(ReadOnlySpan<char> word)
    {
        if (word.IsEmpty || _letters >= MostLetters)
        {
            return;
        }

        var kept = string.Concat("x", NameKey.Of(word[..Math.Min(word.Length, LongestWord)].ToString()));
        if (_words.Add(kept))
        {
            _letters += Encoding.UTF8.GetByteCount(kept) + 1;
        }
    }

    // Halves of surrogate pairs count as letters, so that the letters outside the basic plane stay together.
    private static bool IsLetter(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c);
}
