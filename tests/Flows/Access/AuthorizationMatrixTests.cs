using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Access;

/// <summary>
/// Roles x routes x whose object. The routes are those of the program's own table, so that a new one is tried without a word here, and the
/// requests are such as their owner's are accepted: what refuses them is the right to the object.
/// </summary>
public sealed class AuthorizationMatrixTests(SharedNode shared)
{
    private static readonly bool Everything = Tier.IsAll;

    private static readonly string[] Roles = ["admin", "Internal/creator", "Internal/publisher", "Internal/subscriber", "Internal/devops"];

    // What an administrator of the first organization may do to others: that is what these routes are for.
    private static readonly string[] AcrossOrganizations = ["/tenants", "/tenant-info/", "/custom-urls/"];

    // What the owner's request answers beside success, as there is nothing to take back, or the thing is in use: nobody else is told so.
    private static readonly Dictionary<string, int> OtherAnswers = new()
    {
        [$"DELETE {Portal.Publisher}/apis/{{apiId}}"] = 409,
        [$"DELETE {Portal.Publisher}/apis/{{apiId}}/lifecycle-state/pending-tasks"] = 412,
        [$"DELETE {Portal.Publisher}/api-products/{{apiProductId}}/lifecycle-state/pending-tasks"] = 412,
        [$"DELETE {Portal.Publisher}/apis/{{apiId}}/cancel-revision-workflow/{{revisionId}}/{{envName}}"] = 412,
    };

    [Fact]
    public async Task EveryRole_OnEveryRoute_IsAdmittedExactlyByItsScopes()
    {
        var routes = await RoutesAsync();
        Assert.True(routes.Count > 200, $"only {routes.Count} routes ask for a scope");
        List<string> wrong = [];
        foreach (var role in Roles)
        {
            var scopes = await ScopesAsync(role);
            var person = await shared.NewUserAsync(role);
            // The quick run takes every fifth route, another one for each role.
            foreach (var (index, route) in routes.Index().Where(pair => Everything || pair.Index % Roles.Length == Array.IndexOf(Roles, role)))
            {
                // No body and nobody's id: an admitted caller is told so, and nothing changes.
                var answer = await person.SendAsync(new HttpMethod(route.Method), route.With(_ => null));
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
    public async Task EveryRequest_OfTheOwner_IsAccepted()
    {
        Assert.SkipUnless(Everything, "the whole matrix is part of ./dev test --all");
        var owner = await OrganizationAsync();
        var routes = await OrganizationsRoutesAsync();
        Assert.Empty(Examples.Unknown(routes));
        await AcceptsAsync(routes, async () => await Make(owner, "Owned").AdministratorsAsync());
        var api = await shared.Portal.PublishAsync(shared.NewName("Common"), shared.Backend.Url);
        var developer = await shared.DeveloperAsync();
        await AcceptsAsync(await DevelopersRoutesAsync(), async () => await Make(developer, "Owned").DevelopersAsync(api));
    }

    [Fact]
    public async Task EveryRoute_WithObjectsOfAnotherOrganization_RefusesAndChangesNothing()
    {
        var routes = await OrganizationsRoutesAsync();
        var (theirs, neighbour) = (await OrganizationAsync(), await OrganizationAsync());
        var belongings = await Make(theirs, "Theirs").AdministratorsAsync();
        var before = await belongings.ReadAsync(routes);
        await belongings.RefuseAsync(neighbour, routes);
        foreach (var role in Everything ? Roles : [])
        {
            await belongings.RefuseAsync(await shared.NewUserAsync(role), routes);
        }

        Assert.Equal(before, await belongings.ReadAsync(routes));
    }

    [Fact]
    public async Task EveryRoute_WithAnotherOrganizationsObjectBelowAnOwnOne_RefusesAndChangesNothing()
    {
        Assert.SkipUnless(Everything, "the whole matrix is part of ./dev test --all");
        var routes = await OrganizationsRoutesAsync();
        var (theirs, neighbour) = (await OrganizationAsync(), await OrganizationAsync());
        var belongings = await Make(theirs, "Inner").AdministratorsAsync();
        var own = await Make(neighbour, "Outer").AdministratorsAsync();
        var before = await belongings.ReadAsync(routes);
        string[] outer = ["{apiId}", "{apiProductId}", "{applicationId}", "{userName}", "{clientId}", "{consumerSecret}"];
        var mixed = belongings with
        {
            Ids = belongings.Ids.ToDictionary(pair => pair.Key, pair => outer.Contains(pair.Key) ? own.Ids[pair.Key] : pair.Value),
            Shared = outer,
        };
        // In an own object's request the other's label or client is a wrong value, and no such revision waits.
        await mixed.RefuseAsync(neighbour, routes, 400, 412);
        Assert.Equal(before, await belongings.ReadAsync(routes));
    }

    [Fact]
    public async Task EveryRoute_WithObjectsThatARoleMayNotSee_RefusesAndChangesNothing()
    {
        Assert.SkipUnless(Everything, "the whole matrix is part of ./dev test --all");
        // An administrator's routes reach all applications, for whoever has their scopes.
        var routes = (await OrganizationsRoutesAsync()).Where(route => !route.Path.StartsWith(Portal.Admin + "/applications", StringComparison.Ordinal));
        var owner = await OrganizationAsync();
        await owner.PostAsync(Portal.Admin + "/roles", new JsonObject { ["name"] = "insiders", ["scopes"] = new JsonArray() }).ExpectAsync(201);
        var hidden = JsonNode.Parse(
            """
            {"accessControl": "RESTRICTED", "accessControlRoles": ["insiders"], "visibility": "RESTRICTED", "visibleRoles": ["insiders"]}
            """)!.AsObject();
        var belongings = await Make(owner, "Hidden").AdministratorsAsync(hidden) with
        {
            // All others of the organization may see and, by their scopes, change these.
            Shared =
            [
                "{scopeId}", "{apiCategoryId}", "{labelId}", "{userId}", "/roles/{roleId}", "{organizationId}", "{environmentId}", "/environments/{envId}",
                "{keyManagerId}", "/application/{policyId}", "/subscription/{policyId}", "/advanced/{policyId}", "{conditionId}",
                "/endpoint-certificates/{alias}", "{ownerName}", "{categoryName}", "{labelName}", "{userName}", "{applicationName}",
            ],
        };
        var before = await belongings.ReadAsync(routes);
        foreach (var role in Roles[1..])
        {
            await belongings.RefuseAsync(await ColleagueAsync(owner, role), routes);
        }

        Assert.Equal(before, await belongings.ReadAsync(routes));
    }

    [Fact]
    public async Task EveryDeveloperRoute_WithAnotherDevelopersObjects_RefusesAndChangesNothing()
    {
        var routes = await DevelopersRoutesAsync();
        var api = await shared.Portal.PublishAsync(shared.NewName("Common"), shared.Backend.Url);
        var (alice, bob) = (await shared.DeveloperAsync(), await shared.DeveloperAsync());
        var belongings = await Make(alice, "Alices").DevelopersAsync(api);
        var before = await belongings.ReadAsync(routes);
        await belongings.RefuseAsync(bob, routes);
        Assert.Equal(before, await belongings.ReadAsync(routes));
    }

    // On one set of things as far as that goes; what an earlier request has ended is tried again on a fresh set.
    private static async Task AcceptsAsync(IReadOnlyList<Route> routes, Func<Task<Belongings>> make)
    {
        var things = await make();
        var reached = routes.Where(things.Reaches).OrderBy(route => route.Method == "DELETE").ToList();
        List<string> refused = [];
        foreach (var route in reached)
        {
            if (!Accepts(route, await things.SendAsync(things.Owner, route)))
            {
                things = await make();
                var answer = await things.SendAsync(things.Owner, route);
                if (!Accepts(route, answer))
                {
                    refused.Add($"{route.Method} {route.Path} answered {answer.Code}: {answer.Body}");
                }
            }
        }

        Assert.True(refused.Count == 0, string.Join('\n', refused));
    }

    private static bool Accepts(Route route, Answer answer) =>
        OtherAnswers.TryGetValue($"{route.Method} {route.Path}", out var code) ? answer.Code == code : answer.Code is >= 200 and < 300;

    private static async Task<IReadOnlyList<Route>> RoutesAsync() => [.. (await Route.AllAsync()).Where(route => route.Scopes.Count > 0)];

    // HEAD asks whether a name is in use; it takes no ids.
    private static async Task<IReadOnlyList<Route>> ObjectRoutesAsync() => [.. (await RoutesAsync()).Where(route => route.Method != "HEAD")];

    private static async Task<IReadOnlyList<Route>> OrganizationsRoutesAsync() =>
        [.. (await ObjectRoutesAsync()).Where(route => !AcrossOrganizations.Any(path => route.Path.Contains(path, StringComparison.Ordinal)))];

    // What a developer said about an API is for others to read.
    private static async Task<IReadOnlyList<Route>> DevelopersRoutesAsync() =>
    [
        .. (await ObjectRoutesAsync()).Where(route => route.Path.StartsWith(Portal.DevPortal, StringComparison.Ordinal)
            && !(route.Method == "GET" && route.Path.Contains("/comments", StringComparison.Ordinal))),
    ];

    private Making Make(Caller owner, string stem) => new(owner, shared.Node.ManagementUrl, shared.NewName(stem), shared.Backend.Url);

    private async Task<HashSet<string>> ScopesAsync(string role)
    {
        var roles = await shared.Admin.GetAsync($"{Portal.Admin}/roles?limit=100").ExpectAsync(200);
        var found = Assert.Single(roles["list"]!.AsArray(), entry => (string)entry!["name"]! == role);
        return [.. found!["scopes"]!.AsArray().Select(scope => (string)scope!)];
    }

    private async Task<Caller> ColleagueAsync(Caller owner, string role)
    {
        var name = shared.NewName("colleague");
        await People.JoinAsync(owner, shared.Node.ManagementUrl, name, [role]);
        var domain = (string)(await owner.GetAsync($"{Portal.Admin}/tenant-info/root").ExpectAsync(200))["tenantDomain"]!;
        return Caller.Basic(shared.Http, shared.Node.ManagementUrl, $"{name}@{domain}", People.Password);
    }

    private Task<Caller> OrganizationAsync() => OrganizationAsync(shared);

    /// <summary>An organization of its own, as its administrator.</summary>
    internal static async Task<Caller> OrganizationAsync(SharedNode shared)
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
