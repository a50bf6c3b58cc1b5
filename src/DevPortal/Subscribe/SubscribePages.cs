using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.DevPortal.Discover;
using Tollgate.DevPortal.Register;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Sessions;
using Tollgate.Storage.Applications;
using Tollgate.Web.Pages;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Subscribe;

/// <summary>One screen from an API to the first call: application, plan, keys.</summary>
internal sealed class SubscribePages(
    VisibleApis visible, OwnApplications own, ApplicationStore applications, ApplicationRules applicationRules, ApplicationApprovals registrations,
    SubscriptionRules rules, SubscriptionApprovals approvals, CataloguePages catalogue, FirstCall firstCall)
{
    private const int MostChoices = 50;

    public void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/apis/{apiId}/subscribe", ChooseAsync).NeedsOnPage(RestScopes.Subscribe);
        pages.MapPost("/apis/{apiId}/subscribe", SubscribeAsync).NeedsOnPage(RestScopes.Subscribe);
    }

    private async Task ChooseAsync(HttpContext http)
    {
        var model = await ModelAsync(http);
        await ShowAsync(http, model with
        {
            Application = model.Applications.FirstOrDefault()?.Id ?? "",
            Plan = model.Plans.FirstOrDefault()?.Name ?? "",
            NewName = model.Applications.Count == 0 ? "My first app" : "",
        });
    }

    private async Task SubscribeAsync(HttpContext http)
    {
        var form = await PageForm.ReadAsync(http);
        var (chosen, name, plan) = (form.Text("application"), form.Text("name"), form.Text("plan"));
        await PageForm.TryAsync(
            http,
            async () =>
            {
                var (caller, api) = (http.Caller(), await visible.NeedAsync(http, http.Path("apiId")));
                var application = chosen.Length > 0 ? await own.NeedAsync(caller, chosen) : await NewAsync(caller, name);
                var wanted = await rules.CreateAsync(caller, api, application, plan);
                application = chosen.Length > 0 ? application : await registrations.CreateAsync(caller, application);
                var subscription = (await approvals.CreateAsync(caller, [wanted]))[0];
                var model = await firstCall.PrepareAsync(caller, api, application, subscription, http.RequestAborted);
                await PageAnswer.WriteAsync<SubscribedView, SubscribedModel>(
                    http, Context(http, api, $"Subscribed to {api.Name}") with
                    {
                        Notice = model.Waiting is null ? new PageNotice("ok", $"{application.Name} may call {api.Name} under the plan {plan}.") : null,
                    },
                    model);
            },
            async problem => await ShowAsync(http, (await ModelAsync(http)) with { Application = chosen, NewName = name, Plan = plan, Problem = problem }));
    }

    private Task<Application> NewAsync(Caller caller, string name) =>
        applicationRules.CreateAsync(caller, new ApplicationResource { Name = name, ThrottlingPolicy = ThrottlingPolicy.Unlimited });

    private async Task<SubscribeModel> ModelAsync(HttpContext http)
    {
        var api = await visible.NeedAsync(http, http.Path("apiId"));
        var mine = await applications.ListAsync(own.Query(http.Caller()), new PageRequest(0, MostChoices));
        return new SubscribeModel(
            api, await catalogue.PlansAsync(api),
            [.. mine.Items.Where(one => Application.TakesMore(one.Status)).Select(one => new ApplicationChoice(one.Id, one.Name))]);
    }

    private static Task ShowAsync(HttpContext http, SubscribeModel model) =>
        PageAnswer.WriteAsync<SubscribeView, SubscribeModel>(http, Context(http, model.Api, $"Subscribe to {model.Api.Name}"), model);

    private static PageContext Context(HttpContext http, Api api, string title) => http.PageContext(title) with
    {
        Place = "/apis",
        Crumbs =
        [
            new PageLink("APIs", Portal.Developer.Link("/apis")),
            new PageLink($"{api.Name} {api.Version}", Portal.Developer.Link($"/apis/{api.Id}")),
        ],
    };
}
