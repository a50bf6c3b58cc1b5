using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Publisher.Design;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Workflows;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Approve;

/// <summary>/workflows: subscriptions that wait for approval. What publishers themselves asked for, they can take back.</summary>
internal sealed class WorkflowEndpoints(WorkflowStore workflows, ApiLookup apis, Viewers viewers)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workflows", ListAsync).Needs(RestScopes.SubscriptionApprovalView);
        routes.MapGet("/workflows/{externalWorkflowRef}", GetAsync).Needs(RestScopes.SubscriptionApprovalView);
        routes.MapPost("/workflows/update-workflow-status", DecideAsync).Needs(RestScopes.SubscriptionApprovalManage);
        routes.MapDelete("/apis/{apiId}/lifecycle-state/pending-tasks", WithdrawStepAsync)
            .Needs(RestScopes.ApiManage, RestScopes.ApiPublish);
        routes.MapDelete("/api-products/{apiProductId}/lifecycle-state/pending-tasks", WithdrawProductStepAsync).Needs(SharedRoutes.ProductWrite);
        routes.MapDelete("/apis/{apiId}/cancel-revision-workflow/{revisionId}/{envName}", WithdrawDeploymentAsync)
            .Needs(RestScopes.ApiCreate, RestScopes.ApiManage, RestScopes.ApiPublish);
    }

    private async Task ListAsync(HttpContext http)
    {
        var page = http.Page();
        var found = await workflows.ListAsync(
            new WorkflowQuery(http.Caller().Organization, WorkflowTypes.OfSubscriptions, viewers.Publisher(http.Caller())), page);
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

    private async Task WithdrawStepAsync(HttpContext http)
    {
        var api = await apis.NeedAsync(http.Caller(), http.Path("apiId"));
        await WithdrawAsync(http, api, WorkflowType.ApiState, api.Id);
    }

    private async Task WithdrawProductStepAsync(HttpContext http)
    {
        var product = await apis.NeedProductAsync(http.Caller(), http.Path("apiProductId"));
        await WithdrawAsync(http, product, WorkflowType.ProductState, product.Id);
    }

    private async Task WithdrawDeploymentAsync(HttpContext http)
    {
        var api = await apis.NeedAsync(http.Caller(), http.Path("apiId"));
        var waiting = await workflows.WaitingDeploymentsAsync(api.Id);
        var (revision, environment) = (http.Path("revisionId"), http.Path("envName"));
        if (!waiting.Any(deployment => deployment.RevisionId == revision && deployment.Environment == environment))
        {
            throw NothingWaits();
        }

        await WithdrawAsync(http, api, WorkflowType.RevisionDeployment, $"{api.Id}@{environment}");
    }

    private async Task WithdrawAsync(HttpContext http, Api api, WorkflowType type, string subject)
    {
        if (!await workflows.WithdrawAsync(api.Organization, type, subject))
        {
            throw NothingWaits();
        }

        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    // A request about an API that the caller may not see reads as not there.
    private async Task<WorkflowTask> NeedAsync(HttpContext http, string id)
    {
        var task = await workflows.FindAsync(http.Caller().Organization, id) is { } found && WorkflowTypes.OfSubscriptions.Contains(found.Type)
            ? found
            : throw Refusal.NotFound(404, "workflow request", id);
        await apis.NeedAnyAsync(http.Caller(), task.ApiId ?? "");
        return task;
    }

    private static Refusal NothingWaits() => new(412, 900551, "Nothing pending", "No such request waits for approval; it may have been decided meanwhile.");
}
