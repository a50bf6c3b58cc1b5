using Tollgate.Model;
using Tollgate.Model.Search;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Dialects;

namespace Tollgate.Storage.Search;

/// <summary>An <see cref="ApiQuery"/> as conditions on <c>apis a</c>.</summary>
internal sealed class ApiConditions
{
    private const string Nothing = "1 = 0";

    private readonly ApiQuery _query;
    private readonly Dialect _dialect;
    private readonly Conditions _conditions = new();

    private ApiConditions(ApiQuery query, Dialect dialect) => (_query, _dialect) = (query, dialect);

    /// <param name="query">What is asked for.</param>
    /// <param name="dialect">How words are found.</param>
    /// <param name="whole">False leaves out the terms about words, which a search of single texts applies itself.</param>
    public static Conditions Of(ApiQuery query, Dialect dialect, bool whole = true)
    {
        var made = new ApiConditions(query, dialect);
        made.AddScope();
        made.AddTerms(whole);
        return made._conditions;
    }

    private void AddScope()
    {
        _conditions.Add($"a.organization = {_conditions.Value(_query.Organization)}");
        if (_query.Products is { } products)
        {
            _conditions.Add($"a.id {(products ? "" : "NOT ")}IN (SELECT f.api_id FROM api_facts f WHERE f.fact = '{ApiFacts.Product}')");
        }

        var seen = Seen("a");
        if (seen.Length > 0)
        {
            _conditions.Add(seen);
        }

        if (_query.NewestOnly)
        {
            AddNewest();
        }
    }

    // Which rows of apis under this alias the viewer may see in lists.
    private string Seen(string alias)
    {
        List<string> all = [];
        if (_query.States is { } states)
        {
            all.Add($"{alias}.state IN {_conditions.Value(states.Select(EnumText<LifecycleState>.Of).ToArray())}");
        }

        if (!_query.Viewer.SeesAll)
        {
            var rows = $"SELECT 1 FROM api_roles r WHERE r.api_id = {alias}.id AND r.purpose = {_conditions.Value(_query.Viewer.Purpose)}";
            all.Add($"(NOT EXISTS ({rows}) OR EXISTS ({rows} AND r.role_key IN {_conditions.Value(_query.Viewer.Keys)}))");
        }

        return string.Join(" AND ", all);
    }

    // A newer version that the viewer may not see hides nothing. The difference keeps indexes by time out: versions are few per name.
    private void AddNewest()
    {
        var seen = Seen("n");
        _conditions.Add(
            $"""
            NOT EXISTS (SELECT 1 FROM apis n{_dialect.ByIndex("apis_newest")} WHERE n.organization = a.organization AND n.name_key = a.name_key
              {(seen.Length > 0 ? "AND " + seen : "")}
              AND (n.created_at - a.created_at > 0 OR (n.created_at - a.created_at = 0 AND n.id > a.id)))
            """);
    }

    private void AddTerms(bool whole)
    {
        foreach (var group in _query.Search.Terms.GroupBy(term => term.Prefix.ToLowerInvariant()))
        {
            if (whole || group.Key is not ("" or SearchPrefixes.Content or SearchPrefixes.Document))
            {
                _conditions.AddAny(group.Select(Condition).ToList());
            }
        }
    }

    private string Condition(SearchTerm term) => term.Prefix switch
    {
        "" or SearchPrefixes.Name => _conditions.Matches("a.name_key", term.Value, term.Exact),
        SearchPrefixes.Version => _conditions.Matches("LOWER(a.version)", term.Value, term.Exact),

        // Of user names LOWER reaches the ASCII letters in SQLite and all letters elsewhere. A list of its own, from the index by provider:
        // the index that pages are read from has no provider, and each row before the page would be looked up.
        SearchPrefixes.Provider =>
            $"a.id IN (SELECT p.id FROM apis p WHERE p.organization = {_conditions.Value(_query.Organization)} AND "
            + $"{_conditions.Matches("LOWER(p.provider)", term.Value, term.Exact)})",
        SearchPrefixes.Status => State(term),
        SearchPrefixes.Tag => $"a.id IN (SELECT t.api_id FROM api_tags t WHERE {_conditions.Matches("t.tag_key", term.Value, term.Exact)})",
        SearchPrefixes.Label =>
            "a.id IN (SELECT l.api_id FROM api_labels l JOIN labels n ON n.id = l.label_id WHERE "
            + $"{_conditions.Matches("n.name_key", term.Value, term.Exact)})",
        SearchPrefixes.Content => Words(term, SearchKind.Definition, SearchKind.Document),
        SearchPrefixes.Document => Words(term, SearchKind.Document),
        SearchPrefixes.Endpoint when _query.Viewer.Purpose == Viewer.Visibility => Nothing,
        SearchPrefixes.Context or SearchPrefixes.DisplayName or SearchPrefixes.Description or SearchPrefixes.Type or SearchPrefixes.Category
            or SearchPrefixes.Vendor or SearchPrefixes.Endpoint => Fact(term.Prefix, term),
        _ => Fact(ApiFacts.Property(term.Prefix, shown: _query.Viewer.Purpose == Viewer.Visibility), term),
    };

    private string State(SearchTerm term)
    {
        var wanted = term.Value.Trim('*').ToUpperInvariant();
        var states = Enum.GetValues<LifecycleState>().Select(EnumText<LifecycleState>.Of)
            .Where(state => term.Exact ? state == wanted : state.Contains(wanted, StringComparison.Ordinal)).ToArray();
        return states.Length == 0 ? Nothing : $"a.state IN {_conditions.Value(states)}";
    }

    private string Fact(string fact, SearchTerm term) =>
        $"a.id IN (SELECT f.api_id FROM api_facts f WHERE f.fact = {_conditions.Value(fact)} AND "
        + $"{_conditions.Matches("f.value_key", term.Value, term.Exact)})";

    // DISTINCT makes the texts a list of their own: before it has counted its rows, PostgreSQL looked at the words of each API instead.
    private string Words(SearchTerm term, params SearchKind[] kinds)
    {
        var texts = TextConditions(_conditions, _query, _dialect, [term.Value], kinds);
        return texts is null ? Nothing : $"a.id IN (SELECT DISTINCT t.api_id FROM search_texts t WHERE {texts})";
    }

    /// <summary>Conditions on <c>search_texts t</c>: the kinds, who may find it, and all words; null when the text has no word.</summary>
    public static string? TextConditions(
        Conditions conditions, ApiQuery query, Dialect dialect, IEnumerable<string> texts, IReadOnlyCollection<SearchKind> kinds)
    {
        var words = Search.Words.Of(texts).All;
        if (words.Count == 0)
        {
            return null;
        }

        var (condition, argument) = dialect.MatchWords(words);
        return KindConditions(conditions, query, kinds) + " AND " + condition.Replace("@words", conditions.Value(argument), StringComparison.Ordinal);
    }

    public static string KindConditions(Conditions conditions, ApiQuery query, IReadOnlyCollection<SearchKind> kinds)
    {
        var sql = $"t.kind IN {conditions.Value(kinds.Select(SearchTexts.KindOf).ToArray())}";
        return query.Viewer.SeesAll ? sql : sql + $" AND t.audience_key IN {conditions.Value(query.Viewer.Keys)}";
    }
}
