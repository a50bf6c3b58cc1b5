using Microsoft.AspNetCore.Components;

namespace Tollgate.Web.Pages;

/// <summary>A page: what surrounds it, and what it shows.</summary>
public abstract class PortalPage<TModel> : ComponentBase
{
    [Parameter, EditorRequired]
    public PageContext Page { get; set; } = null!;

    [Parameter, EditorRequired]
    public TModel Model { get; set; } = default!;

    /// <summary>An address below the page's portal.</summary>
    protected string Link(string path) => Page.Portal.Link(path);
}
