using Tollgate.Model;
using Tollgate.Model.Search;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Search;

/// <summary>One result of a search over everything.</summary>
/// <param name="Id">Id of the API, or of the document.</param>
/// <param name="Kind">What was found.</param>
/// <param name="Api">The API it belongs to.</param>
/// <param name="Document">What there is to show of a document.</param>
public sealed record SearchHit(string Id, SearchKind Kind, Api Api, FoundDocument? Document);

/// <summary>A tag and how many of the APIs that the viewer sees have it.</summary>
public sealed record TagCount(string Value, int Count);

/// <summary>Search over APIs, their definitions and documents; the tags in use.</summary>
public sealed class SearchStore(ApimDatabase database)
{
    /// <summary>
    /// Everything that has the words of the text, of the kinds that the prefixes leave: all without one, documents and definitions for
    /// <c>content:</c>, documents for <c>doc:</c>. Without any words, the APIs that the other terms find.
    /// </summary>
    public Task<Page<SearchHit>> FindAsync(ApiQuery query, PageRequest page) => database.ReadAsync(async db =>
    {
        var dialect = database.Database.Dialect;
        var conditions = ApiConditions.Of(query, dialect, whole: false);

        // DISTINCT makes the texts one list of their own: joined row by row, SQLite asked the word index once per API.
        var texts = $"SELECT DISTINCT t.id, t.api_id, t.kind FROM search_texts t WHERE {Texts(query, conditions)}";
        var from = $"FROM ({texts}) t JOIN apis a ON a.id = t.api_id WHERE {conditions.Sql}";
        var total = await db.FirstAsync<int>($"SELECT COUNT(*) {from}", conditions.Arguments);
        conditions.Add(page);
        var ids = await db.ListAsync<string>(
            $"SELECT t.id {from} ORDER BY a.name_key, a.version, t.kind, t.id LIMIT @limit OFFSET @offset", conditions.Arguments);
        return new Page<SearchHit>(await HitsAsync(db, ids), total);
    });

    /// <summary>Tags of the APIs that the query finds, by name.</summary>
    public Task<Page<TagCount>> TagsAsync(ApiQuery query, PageRequest page) => database.ReadAsync(async db =>
    {
        var conditions = ApiConditions.Of(query, database.Database.Dialect);
        var from = $"FROM api_tags t JOIN apis a ON a.id = t.api_id WHERE {conditions.Sql}";
        var total = await db.FirstAsync<int>($"SELECT COUNT(DISTINCT t.tag_key) {from}", conditions.Arguments);
        conditions.Add(page);
        return new Page<TagCount>(
            [
                .. (await db.ListAsync<TagRow>(
                    $"SELECT MIN(t.tag) AS tag, COUNT(*) AS uses {from} GROUP BY t.tag_key ORDER BY t.tag_key LIMIT @limit OFFSET @offset",
                    conditions.Arguments)).Select(row => new TagCount(row.Tag, (int)row.Uses)),
            ],
            total);
    });

    private string Texts(ApiQuery query, Conditions conditions)
    {
        IEnumerable<string> texts =
        [
            .. query.Search.Of(""), .. query.Search.Of(SearchPrefixes.Content), .. query.Search.Of(SearchPrefixes.Document),
        ];
        SearchKind[] kinds = query.Search.Has(SearchPrefixes.Document) ? [SearchKind.Document]
            : query.Search.Has(SearchPrefixes.Content) ? [SearchKind.Definition, SearchKind.Document]
            : [SearchKind.Api, SearchKind.Definition, SearchKind.Document];
        return ApiConditions.TextConditions(conditions, query, database.Database.Dialect, texts, kinds)
            ?? ApiConditions.KindConditions(conditions, query, kinds.Length == 3 ? [SearchKind.Api] : kinds);
    }

    private static async Task<IReadOnlyList<SearchHit>> HitsAsync(Transaction db, IReadOnlyList<string> ids)
    {
        var rows = (await db.ListAsync<TextRow>("SELECT id, api_id, kind, entry FROM search_texts WHERE id IN @ids", new { ids }))
            .ToDictionary(row => row.Id);
        var apis = (await db.ListAsync<ApiRow>(
            $"SELECT {ApiRow.Columns} FROM apis WHERE id IN @apiIds", new { apiIds = rows.Values.Select(row => row.ApiId).Distinct() }))
            .ToDictionary(row => row.Id, row => row.ToApi());
        return
        [
            .. from id in ids
               let row = rows.GetValueOrDefault(id)
               where row is not null && apis.ContainsKey(row.ApiId)
               select new SearchHit(
                   row.Kind == SearchTexts.KindOf(SearchKind.Document) ? row.Id : row.ApiId, KindOf(row.Kind), apis[row.ApiId],
                   row.Entry.Length == 0 ? null : ModelJson.Read<FoundDocument>(row.Entry)),
        ];
    }

    private static SearchKind KindOf(string kind) => Enum.GetValues<SearchKind>().First(value => SearchTexts.KindOf(value) == kind);

    private sealed record TagRow
    {
        public string Tag { get; init; } = "";

        public long Uses { get; init; }
    }

    private sealed record TextRow
    {
        public string Id { get; init; } = "";

        public string ApiId { get; init; } = "";

        public string Kind { get; init; } = "";

        public string Entry { get; init; } = "";
    }
}
