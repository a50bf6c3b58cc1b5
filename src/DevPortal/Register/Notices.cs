using Microsoft.AspNetCore.Http;
using Tollgate.Web.Pages;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Register;

/// <summary>What has just been done, as the page after it says. Addresses name a sentence and cannot bring one of their own.</summary>
internal static class Notices
{
    public static PageNotice? Of(HttpContext http) => http.Query("notice") switch
    {
        "created" => new("ok", "The application was created. Generate its keys, or subscribe it to an API."),
        "saved" => new("ok", "The change was saved."),
        "deleted" => new("ok", "The application was deleted."),
        "ended" => new("ok", "The subscription has ended."),
        "waits" => new("info", "The request was sent. An administrator decides about it; until then nothing changes."),
        _ => null,
    };
}
