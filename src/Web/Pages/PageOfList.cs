using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Tollgate.Model;

namespace Tollgate.Web.Pages;

/// <summary>Where in a list a page stands; the address keeps what else it says.</summary>
public sealed record PageOfList(int Offset, int Count, int Total, string? Previous, string? Next)
{
    public string Range => string.Create(CultureInfo.InvariantCulture, $"{Offset + 1:N0} to {Offset + Count:N0} of {Total:N0}");

    public static PageOfList Of(HttpContext http, PageRequest page, int count, int total) => new(
        page.Offset, count, total,
        page.Offset > 0 ? Address(http, Math.Max(0, page.Offset - page.Limit)) : null,
        page.Offset + count < total ? Address(http, page.Offset + page.Limit) : null);

    private static string Address(HttpContext http, int offset)
    {
        var query = new QueryBuilder(http.Request.Query.Where(pair => pair.Key is not ("offset" or "notice")).Select(
            pair => KeyValuePair.Create(pair.Key, pair.Value.ToString())));
        query.Add("offset", offset.ToString(CultureInfo.InvariantCulture));
        return http.Request.Path + query.ToQueryString();
    }
}
