using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Access;

/// <summary>One of everything that a person or an organization can own, and what can be read of it.</summary>
/// <param name="Owner">Who may read and change all of it.</param>
/// <param name="Ids">By the name of the route parameter.</param>
internal sealed record Belongings(Caller Owner, IReadOnlyDictionary<string, string> Ids)
{
    /// <summary>Everything an administrator owns, made through the REST APIs.</summary>
    public static async Task<Belongings> OfAdministratorAsync(Caller owner, string managementUrl, string stem, string endpoint)
    {
        var portal = new Portal(owner, managementUrl);
        var ids = await OfDeveloperAsync(portal, await portal.PublishAsync(stem + "Api", endpoint), stem);
        var api = ids["apiId"];
        async Task<string> MakeAsync(string path, JsonObject body, string id) => (string)(await owner.PostAsync(path, body).ExpectAsync(201))[id]!;
        ids["revisionId"] = (string)(await owner.GetAsync($"{Portal.Publisher}/apis/{api}/revisions").ExpectAsync(200))["list"]![0]!["id"]!;
        ids["documentId"] = await MakeAsync(
            $"{Portal.Publisher}/apis/{api}/documents",
            new JsonObject { ["name"] = "Guide", ["type"] = "HOWTO", ["summary"] = "How to", ["sourceType"] = "INLINE", ["visibility"] = "API_LEVEL" },
            "documentId");
        ids["commentId"] = await MakeAsync($"{Portal.Publisher}/apis/{api}/comments", new JsonObject { ["content"] = "Well made" }, "id");
        ids["scopeId"] = await MakeAsync($"{Portal.Publisher}/scopes", new JsonObject { ["name"] = stem.ToLowerInvariant() + "_scope" }, "id");
        ids["apiCategoryId"] = await MakeAsync($"{Portal.Admin}/api-categories", new JsonObject { ["name"] = stem + "Category" }, "id");
        ids["userId"] = await MakeAsync($"{Portal.Admin}/users", new JsonObject { ["userName"] = stem + "user", ["password"] = People.Password }, "id");
        ids["labelId"] = await MakeAsync($"{Portal.Admin}/labels", new JsonObject { ["name"] = stem + "label" }, "id");
        ids["organizationId"] = await MakeAsync(
            $"{Portal.Admin}/organizations", new JsonObject { ["externalOrganizationId"] = stem, ["displayName"] = stem }, "organizationId");
        ids["environmentId"] = await MakeAsync(
            $"{Portal.Admin}/environments",
            new JsonObject
            {
                ["name"] = stem,
                ["displayName"] = stem,
                ["vhosts"] = new JsonArray(new JsonObject { ["host"] = stem.ToLowerInvariant() + ".example" }),
            },
            "id");
        ids["conditionId"] = await MakeAsync(
            $"{Portal.Admin}/throttling/deny-policies",
            new JsonObject { ["conditionType"] = "USER", ["conditionValue"] = stem + "user", ["conditionStatus"] = false }, "conditionId");
        ids["policyId"] = await MakeAsync(
            $"{Portal.Admin}/throttling/policies/application",
            new JsonObject
            {
                ["policyName"] = stem + "Policy",
                ["defaultLimit"] = new JsonObject
                {
                    ["type"] = "REQUESTCOUNTLIMIT",
                    ["requestCount"] = new JsonObject { ["timeUnit"] = "min", ["unitTime"] = 1, ["requestCount"] = 10 },
                },
            },
            "policyId");
        return new Belongings(owner, ids);
    }

    /// <summary>What a developer owns: an application with keys, subscribed to an API that exists.</summary>
    public static async Task<Dictionary<string, string>> OfDeveloperAsync(Portal portal, string apiId, string stem)
    {
        var consumer = await portal.ConsumerAsync(stem + "Application");
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["apiId"] = apiId,
            ["applicationId"] = consumer.ApplicationId,
            ["keyMappingId"] = consumer.KeyMappingId,
            ["subscriptionId"] = await portal.SubscribeAsync(apiId, consumer),
            ["keyType"] = "PRODUCTION",
        };
    }

    /// <summary>What the owner reads of all this through these routes. Two readings are equal when nobody changed anything.</summary>
    public async Task<string> ReadAsync(IEnumerable<Route> routes)
    {
        List<string> read = [];
        foreach (var route in routes.Where(route => route.Method == "GET" && Reaches(route)))
        {
            var answer = await Owner.GetAsync(route.With(Ids) + Queries);
            read.Add($"{route.Path} {answer.Code} {(answer.Code == 200 ? answer.Body : "")}");
        }

        Assert.True(read.Count(line => line.Contains(" 200 ", StringComparison.Ordinal)) > 10, string.Join('\n', read));
        return string.Join('\n', read);
    }

    /// <summary>True when one of the route's parameters names something of this owner by id.</summary>
    public bool Reaches(Route route) => route.Parameters.Any(name => name != "keyType" && Ids.ContainsKey(name));

    /// <summary>Calls every route with these things' ids; lists what was not refused.</summary>
    public async Task<IReadOnlyList<string>> TryAsync(Caller stranger, IEnumerable<Route> routes)
    {
        List<string> admitted = [];
        var reached = routes.Where(Reaches).ToList();
        Assert.True(reached.Count > 15, $"only {reached.Count} routes name any of this");
        foreach (var route in reached)
        {
            var content = route.Method is "GET" or "HEAD" or "DELETE" ? null : new StringContent("{}", null, "application/json");
            var answer = await stranger.SendAsync(new HttpMethod(route.Method), route.With(Ids) + Queries, content);
            if (answer.Code is < 400 or >= 500)
            {
                admitted.Add($"{route.Method} {route.Path} answered {answer.Code}: {answer.Body}");
            }
        }

        return admitted;
    }

    // Routes that name their object in the query get it, others ignore it.
    private string Queries => $"?apiId={Ids["apiId"]}&applicationId={Ids["applicationId"]}&subscriptionId={Ids["subscriptionId"]}"
        + $"&revisionId={Ids.GetValueOrDefault("revisionId", Route.Nothing)}&action=Block&blockState=BLOCKED&newVersion=9.9.9";
}
