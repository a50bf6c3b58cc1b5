using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Sessions;
using Tollgate.Storage.Audit;
using Tollgate.Web.Pages;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Audit;

/// <summary>The audit log on a page.</summary>
internal sealed class AuditPages(AuditStore audit)
{
    public void Map(IEndpointRouteBuilder pages) => pages.MapGet("/audit", ShowAsync).NeedsOnPage(RestScopes.Admin);

    private async Task ShowAsync(HttpContext http)
    {
        var (caller, page, user) = (http.Caller(), http.Page(), http.Query("user"));
        var found = await audit.ListAsync(
            new AuditQuery { Organization = caller.Organization == Organization.Default ? null : caller.Organization, UserName = user }, page);
        await PageAnswer.WriteAsync<AuditView, AuditModel>(
            http, http.PageContext("Audit log") with { Place = "/audit" },
            new AuditModel(found.Items, user ?? "", PageOfList.Of(http, page, found.Items.Count, found.Total)));
    }
}
