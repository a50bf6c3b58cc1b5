using Tollgate.Model;

namespace Tollgate.Web.Rest;

/// <summary>The <c>query</c> parameter of lists: a part of the name, with or without the prefix <c>name:</c>.</summary>
public static class SearchText
{
    public static string? Name(string? query)
    {
        var text = query?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return text;
        }

        return text[..colon] == "name"
            ? text[(colon + 1)..].Trim()
            : throw Refusal.BadRequest($"The search prefix '{text[..colon]}' is not available; search by name, for example query=name:orders.");
    }
}
