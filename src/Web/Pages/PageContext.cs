namespace Tollgate.Web.Pages;

/// <summary>A step of the way to a page.</summary>
public sealed record PageLink(string Name, string Address);

/// <summary>What a page says on top: what happened, why, and what to do.</summary>
/// <param name="Kind">ok, info, warn or danger.</param>
/// <param name="Text">The sentence or two.</param>
public sealed record PageNotice(string Kind, string Text);

/// <summary>What every page needs around its own content.</summary>
public sealed record PageContext(Portal Portal, string Title)
{
    /// <summary>Who is signed in; null for visitors.</summary>
    public string? Person { get; init; }

    /// <summary>His organization.</summary>
    public string? Organization { get; init; }

    /// <summary>The rail's place of this page.</summary>
    public string Place { get; init; } = "";

    public IReadOnlyList<PageLink> Crumbs { get; init; } = [];

    public IReadOnlyList<PageLink> Tabs { get; init; } = [];

    /// <summary>Name of the tab that is open.</summary>
    public string? Tab { get; init; }

    public PageNotice? Notice { get; init; }

    /// <summary>Goes with every form; ties it to the session that it was shown in.</summary>
    public string FormToken { get; init; } = "";

    /// <summary>Address of this page, for coming back after signing in.</summary>
    public string Address { get; init; } = "";

    /// <summary>What the search field holds.</summary>
    public string Search { get; init; } = "";
}
