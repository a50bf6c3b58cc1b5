using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Applications;
using Tollgate.Storage.Users;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Applications;

/// <summary>/applications: everybody's, for administrators.</summary>
internal sealed class ApplicationEndpoints(ApplicationStore applications, AllApplications all, UserStore users)
{
    private const string What = "application";

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] view = [RestScopes.Admin, RestScopes.AdminApplicationView, RestScopes.ApplicationImportExport];
        routes.MapGet("/applications", ListAsync).Needs([.. view, RestScopes.ApplicationOwnerChange, RestScopes.ApplicationSettingsChange]);
        routes.MapGet("/applications/{applicationId}", GetAsync).Needs(view);
        routes.MapDelete("/applications/{applicationId}", DeleteAsync).Needs(RestScopes.Admin, RestScopes.ApplicationImportExport);
        routes.MapPost("/applications/{applicationId}/change-owner", ChangeOwnerAsync).Needs(RestScopes.Admin, RestScopes.ApplicationOwnerChange);
        routes.MapPost("/applications/{applicationId}/change-settings", ChangeSettingsAsync)
            .Needs(RestScopes.Admin, RestScopes.ApplicationSettingsChange);
    }

    private async Task ListAsync(HttpContext http)
    {
        var caller = http.Caller();
        var organization = http.Query("tenantDomain") ?? caller.Organization;
        if (organization != caller.Organization && caller.Organization != Organization.Default)
        {
            throw Refusal.Forbidden($"Only administrators of '{Organization.Default}' may list another organization's applications.");
        }

        var owner = http.Query("user");
        var page = http.Page();
        var found = await all.ListAsync(
            new AllApplicationsQuery(organization)
            {
                Owner = owner is null ? null : (await users.FindByNameAsync(organization, owner))?.Name ?? owner,
                NameContains = http.Query("name"),
                ByOwner = http.Query("sortBy") switch
                {
                    null or "name" => false,
                    "owner" => true,
                    _ => throw Refusal.BadRequest("sortBy is name or owner."),
                },
                Descending = http.Query("sortOrder") is "desc",
            },
            page);
        await JsonAnswer.WriteAsync(http, Lists.Of(http, page, found.Total, [.. found.Items.Select(ApplicationEntry.Of)]));
    }

    private async Task GetAsync(HttpContext http)
    {
        var application = await NeedAsync(http);
        if (!EntityTag.NotModified(http, application.RowVersion))
        {
            await WriteAsync(http, application);
        }
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        await applications.DeleteAsync(stored);
        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    private async Task ChangeOwnerAsync(HttpContext http)
    {
        await GiveAsync(await NeedAsync(http), http.NeedQuery("owner"));
        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    private async Task ChangeSettingsAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        var wanted = await JsonBody.ReadAsync<ApplicationChange>(http);
        if (wanted.TokenType is not (null or "JWT"))
        {
            throw Refusal.BadRequest($"The token type '{wanted.TokenType}' is not available; applications have tokens of type JWT.");
        }

        var changed = wanted.Owner is { Length: > 0 } owner ? await GiveAsync(stored, owner) : stored;
        await WriteAsync(http, changed);
    }

    private async Task<Application> GiveAsync(Application application, string owner)
    {
        var user = await users.FindByNameAsync(application.Organization, owner) ?? throw Refusal.BadRequest(
            $"There is no user '{owner}' in the application's organization; only such a user can own it.");
        if (user.Name == application.Owner)
        {
            return application;
        }

        await applications.ChangeOwnerAsync(application, user.Name);
        return application with { Owner = user.Name, RowVersion = application.RowVersion + 1 };
    }

    private async Task WriteAsync(HttpContext http, Application application)
    {
        var counts = await applications.SubscriptionCountsAsync([application.Id]);
        await JsonAnswer.WriteAsync(http, ApplicationResource.Of(application, counts.GetValueOrDefault(application.Id)));
    }

    private async Task<Application> NeedAsync(HttpContext http)
    {
        var id = http.Path("applicationId");
        return await applications.FindAsync(http.Caller().Organization, id) ?? throw Refusal.NotFound(900307, What, id);
    }
}
