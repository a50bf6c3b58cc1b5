using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.Storage.Apis;

namespace Tollgate.Publisher.Publish;

/// <summary>Takes an API through its lifecycle.</summary>
internal sealed class ChangeLifecycle(LifecycleStore lifecycle, ApiStore apis)
{
    /// <summary>Checklist item: older published versions become deprecated.</summary>
    public const string DeprecateOlder = "Deprecate old versions after publishing the API";

    /// <summary>Checklist item: whoever is subscribed to an older version has to subscribe anew; otherwise subscriptions are copied.</summary>
    public const string RequireResubscription = "Requires re-subscription when publishing the API";

    /// <summary>Takes the step that the action names and returns the API in its new state.</summary>
    public async Task<Api> RunAsync(Caller caller, Api api, string action, IReadOnlyDictionary<string, bool> checklist)
    {
        var step = Lifecycle.Take(api.State, action);
        var succession = Succession.None;
        if (step.To == LifecycleState.Published && step.From is LifecycleState.Created or LifecycleState.Prototyped)
        {
            // The checklist counts here only: later on there is nothing left to succeed to.
            RefuseUnready(api);
            succession = new Succession(checklist.GetValueOrDefault(DeprecateOlder), !checklist.GetValueOrDefault(RequireResubscription));
        }

        await lifecycle.ChangeAsync(api, step, caller.UserName, succession);
        return (await apis.FindAsync(caller.Organization, api.Id))!;
    }

    internal static void RefuseUnready(Api api)
    {
        if (!api.IsProduct && !Endpoints.Read(api.Design.EndpointConfig).Any)
        {
            throw Refusal.BadRequest("The API has no endpoint. Set endpointConfig before you publish it.", 903223);
        }

        if (api.Design.Policies.Count == 0)
        {
            throw Refusal.BadRequest("The API offers no business plan. Set policies, for example [\"Unlimited\"], before you publish it.", 903224);
        }
    }
}
