using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Publisher.Design;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Audit;
using Tollgate.SignIn.Sessions;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Users;
using Tollgate.Web.Pages;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Publish;

/// <summary>The lifecycle of an API, drawn, with what each next step means and still needs.</summary>
internal sealed class LifecyclePages(ApiLookup lookup, ChangeLifecycle change, LifecycleStore lifecycle, OrganizationSettingsStore settings)
{
    public void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/apis/{apiId}/lifecycle", http => ShowAsync(http, null)).NeedsOnPage(RestScopes.ApiView, RestScopes.ApiManage);
        pages.MapPost("/apis/{apiId}/lifecycle", ChangeAsync).NeedsOnPage(RestScopes.ApiManage, RestScopes.ApiPublish).Changes(ApiPages.Resource);
    }

    private async Task ChangeAsync(HttpContext http)
    {
        var api = await lookup.NeedAsync(http.Caller(), http.Path("apiId"));
        var form = await PageForm.ReadAsync(http);
        var checklist = new Dictionary<string, bool>
        {
            [ChangeLifecycle.DeprecateOlder] = form.Has("deprecate"),
            [ChangeLifecycle.RequireResubscription] = form.Has("resubscribe"),
        };
        await PageForm.TryAsync(
            http,
            async () =>
            {
                var (_, waits) = await change.RunAsync(http.Caller(), api, form.Text("action"), checklist);
                http.GoTo($"/apis/{api.Id}/lifecycle?notice={(waits ? "waits" : "changed")}");
            },
            problem => ShowAsync(http, problem));
    }

    private async Task ShowAsync(HttpContext http, FormProblem? problem)
    {
        var api = await lookup.NeedAsync(http.Caller(), http.Path("apiId"));
        var required = (await settings.FindAsync(api.Organization)).RequiredProperties;
        var steps = Lifecycle.Offered(api.State).Select(step => new StepLine(step.Action, step.To, Means(step.To), Lacks(step, api, required)));
        await PageAnswer.WriteAsync<LifecycleView, LifecycleModel>(
            http, ApiFrame.Of(http, api, "Lifecycle"), new LifecycleModel(api, [.. steps], await lifecycle.HistoryAsync(api.Id), problem));
    }

    private static string Means(LifecycleState to) => to switch
    {
        LifecycleState.Published => "Developers find it and subscribe.",
        LifecycleState.Prototyped => "Developers find it as a pre-release and try it out.",
        LifecycleState.Created => "Developers no longer find it; nobody subscribes any more.",
        LifecycleState.Blocked => "Calls are refused for everybody until it is published again.",
        LifecycleState.Deprecated => "Who is subscribed goes on calling it; nobody subscribes any more.",
        _ => "It is taken off the gateways for good, and its subscriptions end.",
    };

    private static string? Lacks(LifecycleStep step, Api api, IReadOnlyList<string> required)
    {
        try
        {
            Lifecycle.RefuseUnready(step, api, required);
            return null;
        }
        catch (Refusal refusal)
        {
            return refusal.Description;
        }
    }
}
