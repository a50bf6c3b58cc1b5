using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Security.Fetch;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Audit;
using Tollgate.SignIn.Sessions;
using Tollgate.Storage.Apis;
using Tollgate.Web.Pages;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Design;

/// <summary>Where an API's calls go, with a test of whether somebody answers there.</summary>
internal sealed class EndpointPages(ApiLookup lookup, ApiStore apis, ChangeApi change, GuardedClients outbound)
{
    private static readonly string[] Write = [RestScopes.ApiCreate, RestScopes.ApiManage];

    public void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/apis/{apiId}/endpoints", ShowAsync).NeedsOnPage(RestScopes.ApiView, RestScopes.ApiManage);
        pages.MapPost("/apis/{apiId}/endpoints", SaveAsync).NeedsOnPage(Write).Changes(ApiPages.Resource);
        pages.MapPost("/apis/{apiId}/endpoints/test", TestAsync).NeedsOnPage(Write).Unaudited("Asks the backend and changes nothing.");
    }

    private async Task ShowAsync(HttpContext http)
    {
        var api = await lookup.NeedAsync(http.Caller(), http.Path("apiId"));
        var endpoints = Endpoints.Of(api.Design);
        await ShowAsync(http, new EndpointsForm(api)
        {
            Production = endpoints.Production ?? "",
            Sandbox = endpoints.Sandbox ?? "",
            RowVersion = DesignPages.VersionOf(api),
        });
    }

    private async Task SaveAsync(HttpContext http)
    {
        var typed = await TypedAsync(http);
        var stored = typed.Api;
        await PageForm.TryAsync(
            http,
            async () =>
            {
                DesignPages.RefuseStale(stored, typed.RowVersion);
                var operations = (await apis.ContentAsync(stored.Id)).Operations;
                await change.UpdateAsync(http.Caller(), stored, ApiResource.Of(stored, operations) with
                {
                    EndpointConfig = EndpointConfig.Of(typed.Production, typed.Sandbox, stored.Design.EndpointConfig),
                });
                http.GoTo($"/apis/{stored.Id}/endpoints?notice=saved");
            },
            problem => ShowAsync(http, typed with { Problem = problem }));
    }

    private async Task TestAsync(HttpContext http)
    {
        var typed = await TypedAsync(http);
        List<PageNotice> findings = [];
        foreach (var (name, url) in new[] { ("Production", typed.Production), ("Sandbox", typed.Sandbox) }.Where(one => one.Item2.Length > 0))
        {
            var probed = await outbound.EndpointTest.ProbeAsync(url, http.RequestAborted);
            findings.Add(probed.Problem is { } problem
                ? new PageNotice("danger", $"{name}: {problem}")
                : new PageNotice("ok", $"{name}: {url} answered {(int)probed.Status}."));
        }

        await ShowAsync(http, typed with
        {
            Findings = findings.Count > 0 ? findings : [new PageNotice("warn", "There is no address to test. Write one first.")],
        });
    }

    private async Task<EndpointsForm> TypedAsync(HttpContext http)
    {
        var api = await lookup.NeedAsync(http.Caller(), http.Path("apiId"));
        var form = await PageForm.ReadAsync(http);
        return new EndpointsForm(api)
        {
            Production = form.Text("production"),
            Sandbox = form.Text("sandbox"),
            RowVersion = form.Text("row_version"),
        };
    }

    private static Task ShowAsync(HttpContext http, EndpointsForm form) =>
        PageAnswer.WriteAsync<EndpointsView, EndpointsForm>(http, ApiFrame.Of(http, form.Api, "Endpoints"), form);
}
