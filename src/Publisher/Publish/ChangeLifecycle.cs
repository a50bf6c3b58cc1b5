using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Approvals;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Users;
using Tollgate.Storage.Workflows;

namespace Tollgate.Publisher.Publish;

/// <summary>Takes an API through its lifecycle.</summary>
internal sealed class ChangeLifecycle(
    LifecycleStore lifecycle, ApiStore apis, OrganizationSettingsStore settings, ApprovalRequests approvals, WorkflowStore workflows)
{
    /// <summary>Checklist item: older published versions become deprecated.</summary>
    public const string DeprecateOlder = "Deprecate old versions after publishing the API";

    /// <summary>Checklist item: whoever is subscribed to an older version has to subscribe anew; otherwise subscriptions are copied.</summary>
    public const string RequireResubscription = "Requires re-subscription when publishing the API";

    /// <summary>Takes the step that the action names, or asks for it; returns the API as it is now and whether the step waits.</summary>
    public async Task<(Api Api, bool Waits)> RunAsync(Caller caller, Api api, string action, IReadOnlyDictionary<string, bool> checklist)
    {
        var step = Lifecycle.Take(api.State, action);
        var succession = Succession.None;
        var required = (await settings.FindAsync(api.Organization)).RequiredProperties;
        Lifecycle.RefuseUnready(step, api, required);
        if (Lifecycle.IsFirstPublish(step))
        {
            // The checklist counts here only: later on there is nothing left to succeed to.
            succession = new Succession(checklist.GetValueOrDefault(DeprecateOlder), !checklist.GetValueOrDefault(RequireResubscription));
        }

        var task = await approvals.ForAsync(
            caller, TypeOf(api), api.Id, $"Approve '{action}' for the {(api.IsProduct ? "API product" : "API")} [{api.Name} {api.Version}]",
            ("apiName", api.Name), ("apiVersion", api.Version), ("action", action), ("currentState", EnumText<LifecycleState>.Of(api.State)));
        if (task is not null)
        {
            var waiting = new WaitingStep(action, succession) { RequiredProperties = required };
            await workflows.RequestAsync(task with { ApiId = api.Id, Payload = ModelJson.Write(waiting) });
            return (api, true);
        }

        await lifecycle.ChangeAsync(api, step, caller.UserName, succession);
        return ((await apis.FindAsync(caller.Organization, api.Id))!, false);
    }

    /// <summary>The workflow of lifecycle steps.</summary>
    public static WorkflowType TypeOf(Api api) => api.IsProduct ? WorkflowType.ProductState : WorkflowType.ApiState;
}
