using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Audit;
using Tollgate.SignIn.Sessions;
using Tollgate.Storage.Search;
using Tollgate.Storage.Workflows;
using Tollgate.Web.Pages;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Workflows;

/// <summary>Requests that wait, each with what is asked and two buttons.</summary>
internal sealed class ApprovalPages(WorkflowStore workflows)
{
    public void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/approvals", http => ShowAsync(http, null)).NeedsOnPage(RestScopes.Admin, RestScopes.WorkflowView);
        pages.MapPost("/approvals/{externalWorkflowRef}", DecideAsync).NeedsOnPage(RestScopes.Admin, RestScopes.WorkflowApprove)
            .Changes(AdminModule.BasePath + "/workflows/{externalWorkflowRef}");
    }

    private async Task ShowAsync(HttpContext http, FormProblem? problem)
    {
        var page = http.Page();
        var found = await workflows.ListAsync(new WorkflowQuery(http.Caller().Organization, null, Viewer.Everything), page);
        var context = http.PageContext("Approvals") with
        {
            Place = "/approvals",
            Notice = http.Query("notice") switch
            {
                "approved" => new PageNotice("ok", "The request was approved; what it asked for is done."),
                "rejected" => new PageNotice("ok", "The request was rejected."),
                _ => null,
            },
        };
        await PageAnswer.WriteAsync<ApprovalsView, ApprovalsModel>(
            http, context, new ApprovalsModel(found.Items, PageOfList.Of(http, page, found.Items.Count, found.Total), problem));
    }

    private async Task DecideAsync(HttpContext http)
    {
        var id = http.Path("externalWorkflowRef");
        var form = await PageForm.ReadAsync(http);
        await PageForm.TryAsync(
            http,
            async () =>
            {
                var task = await workflows.FindAsync(http.Caller().Organization, id) ?? throw Refusal.NotFound(404, "workflow request", id);
                var approves = new WorkflowDecision { Status = form.Text("decision") }.IsApproval();
                var reason = form.Text($"reason-{id}");
                await workflows.DecideAsync(task, approves, reason.Length > 0 ? reason : null, http.Caller().UserName);
                http.GoTo($"/approvals?notice={(approves ? "approved" : "rejected")}");
            },
            problem => ShowAsync(http, problem));
    }
}
