using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Approvals;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Workflows;

namespace Tollgate.Publisher.Deploy;

/// <summary>Places revisions, or asks for it where the organization wants an approval. Taking one off needs none.</summary>
internal sealed class DeploymentApprovals(ApprovalRequests approvals, WorkflowStore workflows, RevisionStore revisions)
{
    public async Task DeployAsync(Caller caller, Api api, Revision revision, IReadOnlyList<Deployment> wanted)
    {
        List<WorkflowTask> tasks = [];
        foreach (var deployment in wanted)
        {
            var environment = deployment.Environment;
            var task = await approvals.ForAsync(
                caller, WorkflowType.RevisionDeployment, $"{api.Id}@{environment}",
                $"Approve {revision.DisplayName} of the API [{api.Name} {api.Version}] on the environment {environment}",
                ("apiName", api.Name), ("apiVersion", api.Version), ("revisionId", revision.Id), ("environment", environment));
            tasks.AddRange(task is null ? [] : [task with { ApiId = api.Id, Payload = ModelJson.Write(deployment) }]);
        }

        await (tasks.Count == 0 ? revisions.DeployAsync(wanted, caller.UserName) : workflows.RequestAsync(tasks));
    }

    public Task<IReadOnlyList<Deployment>> WaitingAsync(Api api) => workflows.WaitingDeploymentsAsync(api.Id);
}
