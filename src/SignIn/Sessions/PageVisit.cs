using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Tollgate.Model;
using Tollgate.Web.Pages;

namespace Tollgate.SignIn.Sessions;

/// <summary>A request for a page, and the session that it belongs to.</summary>
internal sealed class PageVisit(SessionCookies cookies, Portal portal, PortalSession? session)
{
    private PortalSession? _session = session;

    public Portal Portal => portal;

    /// <summary>Begins the session of a user who has just proved who he is.</summary>
    public void Begin(HttpContext http, User user) =>
        cookies.Write(http, portal, cookies.Begin() with { UserId = user.Id, Organization = user.Organization });

    /// <summary>The token for the forms of the page; a visitor's first form begins a session.</summary>
    public string FormToken(HttpContext http)
    {
        if (_session is null)
        {
            _session = cookies.Begin();
            cookies.Write(http, portal, _session);
        }

        return cookies.FormToken(_session);
    }
}

/// <summary>What surrounds the page that a request asks for.</summary>
public static class PageOfRequest
{
    public static PageContext PageContext(this HttpContext http, string title)
    {
        var visit = Visit(http);
        var caller = http.Features.Get<Caller>();
        return new PageContext(visit.Portal, title)
        {
            Person = caller?.UserName,
            Organization = caller?.Organization,
            FormToken = visit.FormToken(http),
            Address = http.Request.GetEncodedPathAndQuery(),
        };
    }

    /// <summary>An answer to a form: the browser shows this place next.</summary>
    public static void GoTo(this HttpContext http, string path) => PageAnswer.SeeOther(http, Visit(http).Portal.Link(path));

    /// <summary>Signs a user in to the portal of the page.</summary>
    public static void SignIn(this HttpContext http, User user) => Visit(http).Begin(http, user);

    private static PageVisit Visit(HttpContext http) =>
        http.Features.Get<PageVisit>() ?? throw new InvalidOperationException("The route has no access rule of a page.");
}
