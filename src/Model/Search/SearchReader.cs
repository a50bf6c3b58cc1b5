namespace Tollgate.Model.Search;

/// <summary>Reads <c>tag:pets "exact text" version:"1.0" part of a name</c>.</summary>
internal sealed class SearchReader(string query)
{
    private const int MaxLength = 1_000;
    private const int MaxTerms = 20;
    private const int MaxValue = 255;

    // Directives of the field's search index that its clients send along; they change how its index groups and mean nothing here.
    private static readonly string[] Directives = ["group=", "group.", "sort="];

    private readonly List<SearchTerm> _terms = [];
    private readonly List<string> _words = [];
    private bool _quotedText;
    private int _at;

    public IReadOnlyList<SearchTerm> Read()
    {
        if (query.Length > MaxLength)
        {
            throw Refusal.BadRequest($"The search has {query.Length} characters; at most {MaxLength} are accepted.");
        }

        while (SkipSpace())
        {
            ReadTerm();
        }

        if (_words.Count > 0)
        {
            _terms.Add(new SearchTerm("", Checked(string.Join(' ', _words)), _quotedText && _words.Count == 1));
        }

        return _terms.Count <= MaxTerms ? _terms : throw Refusal.BadRequest($"The search has {_terms.Count} terms; at most {MaxTerms} are accepted.");
    }

    private void ReadTerm()
    {
        if (query[_at] == '"')
        {
            if (Quoted() is { Length: > 0 } text)
            {
                _words.Add(text);
                _quotedText = true;
            }

            return;
        }

        var start = _at;
        while (_at < query.Length && query[_at] is not (':' or '"') && !char.IsWhiteSpace(query[_at]))
        {
            _at++;
        }

        var word = query[start.._at];
        if (_at == query.Length || query[_at] != ':')
        {
            if (!Directives.Any(directive => word.StartsWith(directive, StringComparison.OrdinalIgnoreCase)))
            {
                _words.Add(word);
            }

            return;
        }

        _at++;
        if (word.Length == 0)
        {
            throw Refusal.BadRequest("A colon in the search needs a word before it, like name:orders; put text with a colon in quotes.");
        }

        var exact = _at < query.Length && query[_at] == '"';
        var value = exact ? Quoted() : Plain();
        if (value.Length > 0)
        {
            _terms.Add(new SearchTerm(SearchPrefixes.Find(word) ?? word, Checked(value), exact));
        }
    }

    private string Plain()
    {
        var start = _at;
        while (_at < query.Length && !char.IsWhiteSpace(query[_at]))
        {
            _at++;
        }

        return query[start.._at];
    }

    private string Quoted()
    {
        var close = query.IndexOf('"', _at + 1);
        if (close < 0)
        {
            throw Refusal.BadRequest("The search has a quote that is not closed.");
        }

        var value = query[(_at + 1)..close];
        _at = close + 1;
        return value.Trim();
    }

    private bool SkipSpace()
    {
        while (_at < query.Length && char.IsWhiteSpace(query[_at]))
        {
            _at++;
        }

        return _at < query.Length;
    }

    private static string Checked(string value) => value.Length <= MaxValue
        ? value
        : throw Refusal.BadRequest($"A search value has {value.Length} characters; at most {MaxValue} are accepted.");
}
