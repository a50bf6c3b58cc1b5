namespace Tollgate.Model.Rules;

/// <summary>Goes through the words of a query; what it does not find is refused with the line and a sentence.</summary>
internal sealed class RuleReader(string query, string field)
{
    private readonly IReadOnlyList<RuleWord> _words = RuleWords.Of(query, field);
    private int _at;

    public RuleWord Next => _words[_at];

    public RuleWord Second => _words[Math.Min(_at + 1, _words.Count - 1)];

    public RuleWord Take()
    {
        var word = _words[_at];
        if (word.Kind != WordKind.End)
        {
            _at++;
        }

        return word;
    }

    public bool TryTake(string sign) => TryTakeIf(Next.Is(sign));

    public bool TryTakeName(string name) => TryTakeIf(Next.IsName(name));

    public void Need(string sign)
    {
        if (!TryTake(sign))
        {
            throw Expected($"'{sign}'");
        }
    }

    public void NeedName(string name)
    {
        if (!TryTakeName(name))
        {
            throw Expected($"'{name}'");
        }
    }

    public string TakeName(string what) => Next.Kind == WordKind.Name ? Take().Text : throw Expected(what);

    public string TakeText(string what) => Next.Kind == WordKind.Text ? Take().Text : throw Expected(what);

    /// <summary>A whole number of the size that limits have.</summary>
    public long TakeCount(string what)
    {
        if (Next.Kind != WordKind.Number || !long.TryParse(Next.Text.TrimEnd('L', 'l'), out var count))
        {
            throw Expected(what);
        }

        Take();
        return count;
    }

    public Refusal Expected(string what) => Refuse($"expected {what}, found {Next}.");

    public Refusal Refuse(string problem) => RuleWords.Refuse(field, Next.Line, problem);

    private bool TryTakeIf(bool take)
    {
        if (take)
        {
            Take();
        }

        return take;
    }
}
