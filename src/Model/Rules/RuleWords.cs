namespace Tollgate.Model.Rules;

/// <summary>Takes a query apart into words; comments are none.</summary>
internal sealed class RuleWords
{
    private const int MostWords = 4000;

    private static readonly string[] LongSigns = ["==", "!=", "<=", ">="];

    private readonly string _query;
    private readonly string _field;
    private readonly List<RuleWord> _words = [];
    private int _at;
    private int _line = 1;

    private RuleWords(string query, string field)
    {
        _query = query;
        _field = field;
    }

    public static IReadOnlyList<RuleWord> Of(string query, string field) => new RuleWords(query, field).Read();

    public static Refusal Refuse(string field, int line, string problem) => Refusal.BadRequest($"{field}, line {line}: {problem}", 900305);

    private List<RuleWord> Read()
    {
        while (SkipBlanks())
        {
            if (_words.Count >= MostWords)
            {
                throw Refuse(_field, _line, $"a query has at most {MostWords} words.");
            }

            _words.Add(Next());
        }

        _words.Add(new RuleWord(WordKind.End, "", _line));
        return _words;
    }

    private RuleWord Next()
    {
        var first = _query[_at];
        if (first is '\'' or '"')
        {
            return Quoted(first);
        }

        if (char.IsAsciiDigit(first))
        {
            return Word(WordKind.Number, static c => char.IsAsciiLetterOrDigit(c) || c == '.');
        }

        if (char.IsAsciiLetter(first) || first == '_')
        {
            return Word(WordKind.Name, static c => char.IsAsciiLetterOrDigit(c) || c == '_');
        }

        if (_at + 1 < _query.Length && LongSigns.Contains(_query.Substring(_at, 2)))
        {
            _at += 2;
            return new RuleWord(WordKind.Sign, _query.Substring(_at - 2, 2), _line);
        }

        _at++;
        return new RuleWord(WordKind.Sign, first.ToString(), _line);
    }

    private RuleWord Word(WordKind kind, Func<char, bool> belongs)
    {
        var start = _at;
        while (_at < _query.Length && belongs(_query[_at]))
        {
            _at++;
        }

        return new RuleWord(kind, _query[start.._at], _line);
    }

    private RuleWord Quoted(char quote)
    {
        var end = _query.IndexOf(quote, _at + 1);
        if (end < 0 || _query.AsSpan(_at, end - _at).Contains('\n'))
        {
            throw Refuse(_field, _line, "a text in quotes has no end.");
        }

        var word = new RuleWord(WordKind.Text, _query[(_at + 1)..end], _line);
        _at = end + 1;
        return word;
    }

    // False at the end of the query.
    private bool SkipBlanks()
    {
        while (_at < _query.Length)
        {
            if (_query[_at] == '\n')
            {
                _line++;
                _at++;
            }
            else if (char.IsWhiteSpace(_query[_at]))
            {
                _at++;
            }
            else if (StartsWith("--"))
            {
                Skip(_query.IndexOf('\n', _at), 0);
            }
            else if (StartsWith("/*"))
            {
                Skip(_query.IndexOf("*/", _at + 2, StringComparison.Ordinal), 2);
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private bool StartsWith(string text) => string.CompareOrdinal(_query, _at, text, 0, text.Length) == 0;

    private void Skip(int end, int more)
    {
        end = end < 0 ? _query.Length : end + more;
        _line += _query.AsSpan(_at, end - _at).Count('\n');
        _at = end;
    }
}
