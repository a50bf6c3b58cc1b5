using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Access;

/// <summary>Roles x routes x whose object. The routes are those of the program's own table, so that a new one is tried without a word here.</summary>
public sealed class AuthorizationMatrixTests(SharedNode shared)
{
    private static readonly string[] Roles = ["admin", "Internal/creator", "Internal/publisher", "Internal/subscriber", "Internal/devops"];

    // What an administrator of the first organization may do to others: that is what these routes are for.
    private static readonly string[] AcrossOrganizations = ["/tenants", "/tenant-info/", "/custom-urls/"];

    [Fact]
    public async Task EveryRole_OnEveryRoute_IsAdmittedExactlyByItsScopes()
    {
        var routes = (await Route.AllAsync()).Where(route => route.Scopes.Count > 0).ToList();
        Assert.True(routes.Count > 200, $"only {routes.Count} routes ask for a scope");
        List<string> wrong = [];
        foreach (var role in Roles)
        {
            var scopes = await ScopesAsync(role);
            var person = await shared.NewUserAsync(role);
            foreach (var route in routes)
            {
                // No body and nobody's id: an admitted caller is told so, and nothing changes.
                var answer = await person.SendAsync(new HttpMethod(route.Method), route.With(new Dictionary<string, string>()));
                var admitted = answer.Code != 401;
                if (admitted != route.Scopes.Any(scopes.Contains) || answer.Code >= 500)
                {
                    wrong.Add($"{role}: {route.Method} {route.Path} answered {answer.Code}: {answer.Body}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task EveryRoute_WithObjectsOfAnotherOrganization_RefusesAndChangesNothing()
    {
        var routes = (await Route.AllAsync())
            .Where(route => route.Scopes.Count > 0 && !AcrossOrganizations.Any(path => route.Path.Contains(path, StringComparison.Ordinal))).ToList();
        var (theirs, neighbour) = (await OrganizationAsync(), await OrganizationAsync());
        var belongings = await Belongings.OfAdministratorAsync(theirs, shared.Node.ManagementUrl, shared.NewName("Theirs"), shared.Backend.Url);
        var before = await belongings.ReadAsync(routes);
        Assert.Empty(await belongings.TryAsync(neighbour, routes));
        Assert.Empty(await belongings.TryAsync(shared.Admin, routes));
        Assert.Equal(before, await belongings.ReadAsync(routes));
    }

    [Fact]
    public async Task EveryRoute_WithAnotherOrganizationsObjectBelowAnOwnOne_RefusesAndChangesNothing()
    {
        var routes = (await Route.AllAsync()).Where(route => route.Scopes.Count > 0).ToList();
        var (theirs, neighbour) = (await OrganizationAsync(), await OrganizationAsync());
        var belongings = await Belongings.OfAdministratorAsync(theirs, shared.Node.ManagementUrl, shared.NewName("Inner"), shared.Backend.Url);
        var own = await Belongings.OfAdministratorAsync(neighbour, shared.Node.ManagementUrl, shared.NewName("Outer"), shared.Backend.Url);
        var before = await belongings.ReadAsync(routes);
        var mixed = belongings with
        {
            Ids = belongings.Ids.ToDictionary(pair => pair.Key, pair => pair.Key is "apiId" or "applicationId" ? own.Ids[pair.Key] : pair.Value),
        };
        Assert.Empty(await mixed.TryAsync(neighbour, routes.Where(route => route.Parameters.Any(IsInner))));
        Assert.Equal(before, await belongings.ReadAsync(routes));
    }

    [Fact]
    public async Task EveryDeveloperRoute_WithAnotherDevelopersObjects_RefusesAndChangesNothing()
    {
        var routes = (await Route.AllAsync()).Where(route => route.Scopes.Count > 0
            && route.Path.StartsWith(Portal.DevPortal, StringComparison.Ordinal)
            && route.Parameters.Any(name => name is "applicationId" or "keyMappingId" or "subscriptionId")).ToList();
        Assert.True(routes.Count > 20, $"only {routes.Count} routes are about applications");
        var api = await shared.Portal.PublishAsync(shared.NewName("Common"), shared.Backend.Url);
        var (alice, bob) = (await shared.DeveloperAsync(), await shared.DeveloperAsync());
        var ids = await Belongings.OfDeveloperAsync(new Portal(alice, shared.Node.ManagementUrl), api, shared.NewName("Alices"));
        var belongings = new Belongings(alice, ids);
        var before = await belongings.ReadAsync(routes);
        Assert.Empty(await belongings.TryAsync(bob, routes));
        Assert.Equal(before, await belongings.ReadAsync(routes));
    }

    private static bool IsInner(string parameter) => parameter is "revisionId" or "documentId" or "commentId" or "keyMappingId";

    private async Task<HashSet<string>> ScopesAsync(string role)
    {
        var roles = await shared.Admin.GetAsync($"{Portal.Admin}/roles?limit=100").ExpectAsync(200);
        var found = Assert.Single(roles["list"]!.AsArray(), entry => (string)entry!["name"]! == role);
        return [.. found!["scopes"]!.AsArray().Select(scope => (string)scope!)];
    }

    private async Task<Caller> OrganizationAsync()
    {
        var domain = shared.NewName("matrix") + ".example";
        var organization = new JsonObject
        {
            ["tenantDomain"] = domain,
            ["displayName"] = domain,
            ["administrator"] = new JsonObject { ["userName"] = "root", ["password"] = People.Password },
        };
        await shared.Admin.PostAsync($"{Portal.Admin}/tenants", organization).ExpectAsync(201);
        return Caller.Basic(shared.Http, shared.Node.ManagementUrl, "root@" + domain, People.Password);
    }
}
