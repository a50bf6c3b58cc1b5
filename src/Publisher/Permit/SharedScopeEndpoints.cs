using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Publisher.Find;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Apis;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Permit;

/// <summary>/scopes: scopes that several APIs share.</summary>
internal sealed class SharedScopeEndpoints(SharedScopeStore scopes, SharedScopeRules rules, ApiStore apis, Viewers viewers)
{
    private const string What = "scope";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/scopes", ListAsync).Needs(RestScopes.ApiView, RestScopes.SharedScopeManage);
        routes.MapPost("/scopes", CreateAsync).Needs(RestScopes.SharedScopeManage);
        routes.MapGet("/scopes/{scopeId}", GetAsync).Needs(RestScopes.ApiView, RestScopes.SharedScopeManage);
        routes.MapMethods("/scopes/{scopeId}", [HttpMethods.Head], ExistsAsync)
            .Needs(RestScopes.ApiCreate, RestScopes.ApiManage, RestScopes.ApiPublish, RestScopes.SharedScopeManage);
        routes.MapPut("/scopes/{scopeId}", UpdateAsync).Needs(RestScopes.SharedScopeManage);
        routes.MapDelete("/scopes/{scopeId}", DeleteAsync).Needs(RestScopes.SharedScopeManage);
        routes.MapGet("/scopes/{scopeId}/usage", UsageAsync).Needs(RestScopes.ApiManage, RestScopes.ApiView, RestScopes.SharedScopeManage);
    }

    private async Task ListAsync(HttpContext http)
    {
        var page = http.Page();
        var found = await scopes.ListAsync(http.Caller().Organization, page);
        await JsonAnswer.WriteAsync(http, Lists.Of(http, page, found.Total, [.. found.Items.Select(SharedScopeResource.Of)]));
    }

    private async Task CreateAsync(HttpContext http)
    {
        var organization = http.Caller().Organization;
        var scope = await rules.NewAsync(organization, await JsonBody.ReadAsync<SharedScopeResource>(http));
        await scopes.CreateAsync(organization, scope);
        EntityTag.Set(http, 1);
        await JsonAnswer.CreatedAsync(http, $"{PublisherModule.BasePath}/scopes/{scope.Id}", SharedScopeResource.Of(new SharedScope(scope, 0, 1)));
    }

    private async Task GetAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        if (!EntityTag.NotModified(http, stored.RowVersion))
        {
            await JsonAnswer.WriteAsync(http, SharedScopeResource.Of(stored));
        }
    }

    // Here the id is the name in base64url, as the contract has it.
    private async Task ExistsAsync(HttpContext http)
    {
        var name = RoleEndpoints.NameOf(http.Path("scopeId"), What);
        if (!await scopes.IsNameTakenAsync(http.Caller().Organization, name))
        {
            throw Refusal.NotFound(404, What, name);
        }
    }

    private async Task UpdateAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        var wanted = await JsonBody.ReadAsync<SharedScopeResource>(http);
        var changed = stored with { Scope = await rules.ChangedAsync(http.Caller().Organization, stored.Scope, wanted) };
        await scopes.UpdateAsync(changed);
        EntityTag.Set(http, stored.RowVersion + 1);
        await JsonAnswer.WriteAsync(http, SharedScopeResource.Of(changed));
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        await scopes.DeleteAsync(http.Caller().Organization, stored);
        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    private async Task UsageAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        var users = await apis.FindAsync([.. await scopes.UsersAsync(http.Caller().Organization, stored.Scope.Name)]);
        List<ScopeUser> list = [];
        var viewer = viewers.Publisher(http.Caller());
        var shown = users.Values.Where(api => viewer.IsAdmitted(api.Design.RolesOfAccess()))
            .OrderBy(api => api.Name, StringComparer.Ordinal).ThenBy(api => api.Version, StringComparer.Ordinal);
        foreach (var api in shown)
        {
            list.Add(ScopeUser.Of(api, await apis.ContentAsync(api.Id), stored.Scope.Name));
        }

        await JsonAnswer.WriteAsync(http, new SharedScopeUsage(stored.Scope.Id!, stored.Scope.Name, list));
    }

    private async Task<SharedScope> NeedAsync(HttpContext http) =>
        await scopes.FindAsync(http.Caller().Organization, http.Path("scopeId")) ?? throw Refusal.NotFound(404, What, http.Path("scopeId"));
}
