using Microsoft.AspNetCore.Http;
using Tollgate.Model;
using Tollgate.SignIn.Sessions;
using Tollgate.Web.Pages;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Design;

/// <summary>What surrounds the pages of one API: the way to it, its tabs, what has just been done.</summary>
internal static class ApiFrame
{
    public const string Place = "/apis";

    public static readonly PageLink Crumb = new("APIs", Portal.Publisher.Link(Place));

    // The order in which an API comes to be.
    private static readonly (string Name, string Path)[] Tabs =
    [
        ("Overview", ""), ("Design", "/design"), ("Definition", "/definition"), ("Endpoints", "/endpoints"), ("Plans", "/plans"),
        ("Deployments", "/deployments"), ("Lifecycle", "/lifecycle"), ("Subscriptions", "/subscriptions"), ("History", "/history"),
    ];

    public static PageContext Of(HttpContext http, Api api, string tab) => http.PageContext(api.Design.DisplayName ?? api.Name) with
    {
        Place = Place,
        Crumbs = [Crumb],
        Tabs = [.. Tabs.Select(one => new PageLink(one.Name, AddressOf(api, one.Path)))],
        Tab = tab,
        Notice = NoticeOf(http),
    };

    public static string AddressOf(Api api, string path = "") => Portal.Publisher.Link($"/apis/{api.Id}{path}");

    // Addresses name a sentence and cannot bring one of their own.
    private static PageNotice? NoticeOf(HttpContext http) => http.Query("notice") switch
    {
        "created" => new("ok", "The API was created. What it still needs before developers can call it stands below."),
        "saved" => new("ok", "The change was saved. Gateways serve it once a revision of it is deployed."),
        "deployed" => new("ok", "The revision was deployed; gateways of the environment serve it."),
        "undeployed" => new("ok", "The revision was taken off; gateways no longer serve it there."),
        "restored" => new("ok", "The working copy is what the revision was. What gateways serve has not changed."),
        "changed" => new("ok", "The API is in its new state."),
        "blocked" => new("ok", "The subscription is blocked; its calls are refused."),
        "unblocked" => new("ok", "The subscription is open again."),
        "waits" => new("info", "The request was sent. An administrator decides about it; until then nothing changes."),
        _ => null,
    };
}
