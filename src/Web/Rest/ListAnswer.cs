using Microsoft.AspNetCore.Http;
using Tollgate.Model;

namespace Tollgate.Web.Rest;

/// <summary>A page of a list, as every REST list of the field looks.</summary>
public sealed record ListAnswer<T>(int Count, IReadOnlyList<T> List, Pagination? Pagination = null);

/// <summary>Where a page stands in its list; next and previous are empty at the ends.</summary>
public sealed record Pagination(int Offset, int Limit, int Total, string Next, string Previous);

/// <summary>Makes list answers.</summary>
public static class Lists
{
    /// <summary>The page with links to its neighbours, which keep every other query parameter.</summary>
    public static ListAnswer<T> Of<T>(HttpContext http, PageRequest page, int total, IReadOnlyList<T> items)
    {
        var next = page.Offset + page.Limit < total ? Link(http, page.Offset + page.Limit, page.Limit) : "";
        var previous = page.Offset > 0 ? Link(http, Math.Max(0, page.Offset - page.Limit), page.Limit) : "";
        return new ListAnswer<T>(items.Count, items, new Pagination(page.Offset, page.Limit, total, next, previous));
    }

    /// <summary>The same for a list that stands inside another answer and is read further under a path of its own.</summary>
    public static ListAnswer<T> Of<T>(string path, PageRequest page, int total, IReadOnlyList<T> items)
    {
        var next = page.Offset + page.Limit < total ? $"{path}?offset={page.Offset + page.Limit}&limit={page.Limit}" : "";
        var previous = page.Offset > 0 ? $"{path}?offset={Math.Max(0, page.Offset - page.Limit)}&limit={page.Limit}" : "";
        return new ListAnswer<T>(items.Count, items, new Pagination(page.Offset, page.Limit, total, next, previous));
    }

    /// <summary>A list that is never long enough for pages.</summary>
    public static ListAnswer<T> Whole<T>(IReadOnlyList<T> items) => new(items.Count, items);

    private static string Link(HttpContext http, int offset, int limit)
    {
        var others = http.Request.Query.Where(pair => pair.Key is not ("offset" or "limit"))
            .SelectMany(pair => pair.Value.Select(value => new KeyValuePair<string, string?>(pair.Key, value)));
        return http.Request.Path + QueryString.Create(others).Add("offset", $"{offset}").Add("limit", $"{limit}");
    }
}
