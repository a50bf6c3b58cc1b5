using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Search;
using Tollgate.Storage.Workflows;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Workflows;

/// <summary>/workflows: requests that wait for an administrator.</summary>
internal sealed class WorkflowEndpoints(WorkflowStore workflows)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workflows", ListAsync).Needs(RestScopes.Admin, RestScopes.WorkflowView);
        routes.MapGet("/workflows/{externalWorkflowRef}", GetAsync).Needs(RestScopes.Admin, RestScopes.WorkflowView);
        routes.MapPost("/workflows/update-workflow-status", DecideAsync).Needs(RestScopes.Admin, RestScopes.WorkflowApprove);
    }

    private async Task ListAsync(HttpContext http)
    {
        IReadOnlyList<WorkflowType>? types = http.Query("workflowType") is not { } text ? null
            : EnumText<WorkflowType>.TryParse(text, out var type) ? [type]
            : throw Refusal.BadRequest($"There is no workflow type '{text}'.");
        var page = http.Page();
        var found = await workflows.ListAsync(new WorkflowQuery(http.Caller().Organization, types, Viewer.Everything), page);
        await JsonAnswer.WriteAsync(http, WorkflowListResource.Of(http, page, found));
    }

    private async Task GetAsync(HttpContext http) =>
        await JsonAnswer.WriteAsync(http, WorkflowResource.Of(await NeedAsync(http, http.Path("externalWorkflowRef"))));

    private async Task DecideAsync(HttpContext http)
    {
        var task = await NeedAsync(http, http.NeedQuery("workflowReferenceId"));
        var decision = await JsonBody.ReadAsync<WorkflowDecision>(http);
        await workflows.DecideAsync(task, decision.IsApproval(), decision.Description, http.Caller().UserName);
        await JsonAnswer.WriteAsync(http, decision);
    }

    private async Task<WorkflowTask> NeedAsync(HttpContext http, string id) =>
        await workflows.FindAsync(http.Caller().Organization, id) ?? throw Refusal.NotFound(404, "workflow request", id);
}
