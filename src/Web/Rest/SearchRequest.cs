using Microsoft.AspNetCore.Http;
using Tollgate.Model;
using Tollgate.Model.Search;

namespace Tollgate.Web.Rest;

/// <summary>Reads the parameters of a search: <c>query</c>, <c>sortBy</c>, <c>sortOrder</c>.</summary>
public static class SearchRequest
{
    /// <summary>The query of a list of APIs.</summary>
    public static SearchQuery Search(this HttpContext http) => SearchQuery.Parse(http.Query("query"));

    /// <summary>The query of a search over everything; a search for documents is no search for anything else.</summary>
    public static SearchQuery SearchEverything(this HttpContext http)
    {
        var search = http.Search();
        return search.Has(SearchPrefixes.Document) && search.Terms.Any(term => term.Prefix != SearchPrefixes.Document)
            ? throw Refusal.BadRequest("doc: searches documents only and cannot be combined with other terms; content: can.")
            : search;
    }

    /// <summary>True for sortOrder=desc.</summary>
    public static bool IsDescending(this HttpContext http) => http.Query("sortOrder")?.ToLowerInvariant() switch
    {
        null or "asc" => false,
        "desc" => true,
        _ => throw Refusal.BadRequest("sortOrder is asc or desc."),
    };
}
