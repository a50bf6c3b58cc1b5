using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>Condition groups, custom policies and back-end limits, from the administrator's call to the gateway's refusal.</summary>
public sealed class PolicyRuleTests(SharedNode shared)
{
    private const string Policies = $"{Portal.Admin}/throttling/policies";

    private Portal Portal => shared.Portal;

    [Fact]
    public async Task ConditionGroup_OfAHeader_LimitsTheCallsThatCarryIt()
    {
        var policy = shared.NewName("Grouped");
        var created = await shared.Admin.PostAsync($"{Policies}/advanced", Advanced(policy, Group(Header("X-Client", "^mobile$")))).ExpectAsync(201);
        var (path, token) = await CalledAsync(new JsonObject { ["apiThrottlingPolicy"] = policy });
        await CallAsync(path, token, "mobile").ExpectAsync(200);
        await CallAsync(path, token, "mobile").ExpectErrorAsync(429, "900800");
        await CallAsync(path, token, "desktop").ExpectAsync(200);

        var read = await shared.Admin.GetAsync($"{Policies}/advanced/{created["policyId"]}").ExpectAsync(200);
        var group = read["conditionalGroups"]![0]!;
        Assert.Equal(("of one header", "^mobile$"), ((string)group["description"]!, (string)group["conditions"]![0]!["headerCondition"]!["headerValue"]!));
        read["conditionalGroups"] = new JsonArray();
        await shared.Admin.PutAsync($"{Policies}/advanced/{created["policyId"]}", read).ExpectAsync(200);
        await Wait.UntilAsync(
            "the group to be gone", TimeSpan.FromSeconds(2), async () => (await CallAsync(path, token, "mobile")).Code == 200);
    }

    [Fact]
    public async Task ConditionGroups_OfEveryKind_ComeBackAsTheyWereSent()
    {
        JsonNode[] conditions =
        [
            Header("User-Agent", "Mozilla|curl", invert: true),
            Condition("QUERYPARAMETERCONDITION", "queryParameterCondition", """{"parameterName":"name","parameterValue":"admin"}"""),
            Condition("JWTCLAIMSCONDITION", "jwtClaimsCondition", """{"claimUrl":"http://wso2.org/claims/role","attribute":"gold"}"""),
            Condition("IPCONDITION", "ipCondition", """{"ipConditionType":"IPSPECIFIC","specificIP":"10.100.1.22"}"""),
            Condition("IPCONDITION", "ipCondition", """{"ipConditionType":"IPRANGE","startingIP":"2001:db8::1","endingIP":"2001:db8::ff"}"""),
        ];
        var name = shared.NewName("Kinds");
        var sent = Advanced(name, Group(conditions), Group(Header("A", "b")));
        var created = await shared.Admin.PostAsync($"{Policies}/advanced", sent).ExpectAsync(201);
        Assert.Equal(
            conditions.Select(condition => condition.ToJsonString()),
            created["conditionalGroups"]![0]!["conditions"]!.AsArray().Select(condition => condition!.ToJsonString()));
        var exported = await shared.Admin.GetAsync($"{Policies}/export?name={name}&type=api").ExpectAsync(200);
        Assert.Equal(created["conditionalGroups"]!.ToJsonString(), exported["data"]!["conditionalGroups"]!.ToJsonString());
        await shared.Admin.DeleteAsync($"{Policies}/advanced/{created["policyId"]}").ExpectAsync(200);
    }

    [Theory]
    [InlineData("HEADERCONDITION", "headerCondition", """{"headerName":"a b","headerValue":"x"}""", "headerName 'a b' is no name of a header")]
    [InlineData("HEADERCONDITION", "headerCondition", """{"headerName":"a","headerValue":"(x"}""", "breaks at character")]
    [InlineData("HEADERCONDITION", "headerCondition", """{"headerName":"a","headerValue":"(?<=x)y"}""", "without look-around")]
    [InlineData("HEADERCONDITION", "headerCondition", """{"headerName":"a","headerValue":""}""", "pattern of 1 to 256")]
    [InlineData("HEADERCONDITION", "queryParameterCondition", """{"parameterName":"a","parameterValue":"x"}""", "the part that its type names")]
    [InlineData("IPCONDITION", "ipCondition", """{"ipConditionType":"IPSPECIFIC","specificIP":"10.0.0"}""", "specificIP '10.0.0' is not an IP address")]
    [InlineData("IPCONDITION", "ipCondition", """{"ipConditionType":"IPRANGE","startingIP":"10.0.0.9","endingIP":"10.0.0.1"}""", "is not above")]
    [InlineData("IPCONDITION", "ipCondition", """{"ipConditionType":"IPRANGE","specificIP":"10.0.0.9"}""", "has specificIP for IPSPECIFIC")]
    [InlineData("IPCONDITION", "ipCondition", """{"ipConditionType":"NET"}""", "is IPSPECIFIC or IPRANGE")]
    [InlineData("PLANETCONDITION", "headerCondition", """{"headerName":"a","headerValue":"x"}""", "is none of")]
    public async Task ConditionGroup_ThatMeansNothing_IsRefusedWithItsPlace(string type, string part, string value, string problem)
    {
        var answer = await shared.Admin.PostAsync(
            $"{Policies}/advanced", Advanced(shared.NewName("Wrong"), Group(Header("A", "b")), Group(Condition(type, part, value))));
        Assert.Equal((400, "900305"), (answer.Code, answer.ErrorCode));
        Assert.Contains("conditionalGroups[1].conditions[0]", (string)answer.Json["description"]!, StringComparison.Ordinal);
        Assert.Contains(problem, (string)answer.Json["description"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConditionGroup_WithoutConditions_IsRefused() => await shared.Admin.PostAsync(
        $"{Policies}/advanced", Advanced(shared.NewName("Empty"), Group())).ExpectErrorAsync(400, "900305");

    [Fact]
    public async Task CustomPolicy_OfOneContext_RefusesItsCallsAndNoOthers()
    {
        var (path, token) = await CalledAsync();
        var (other, otherToken) = await CalledAsync();
        var context = path[..path.LastIndexOf('/')];
        var created = await shared.Admin.PostAsync($"{Policies}/custom", new JsonObject
        {
            ["policyName"] = shared.NewName("Custom"),
            ["siddhiQuery"] = $"LIMIT 1 PER 1 day WHERE apiContext == '{context}'",
            ["keyTemplate"] = "$apiContext",
        }).ExpectAsync(201);
        await shared.UntilAsync(path, token, 429, TimeSpan.FromSeconds(2));
        await shared.CallAsync(path, token).ExpectErrorAsync(429, "900806");
        await shared.CallAsync(other, otherToken).ExpectAsync(200);
        await shared.Admin.DeleteAsync($"{Policies}/custom/{created["policyId"]}").ExpectAsync(200);
        await shared.UntilAsync(path, token, 200, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task CustomPolicy_NotUnderstood_IsRefusedWithTheLine()
    {
        var answer = await shared.Admin.PostAsync($"{Policies}/custom", new JsonObject
        {
            ["policyName"] = shared.NewName("Custom"),
            ["siddhiQuery"] = "FROM RequestStream\nSELECT sum(userId) AS isEligible",
            ["keyTemplate"] = "$userId",
        });
        Assert.Equal((400, "900305"), (answer.Code, answer.ErrorCode));
        Assert.Contains("line 2: 'sum' is no field", (string)answer.Json["description"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enforcement_Changed_OutlastsAChangeOfThePolicyAndRefusesWhatThereIsNot()
    {
        var created = await shared.Admin.PostAsync($"{Policies}/advanced", Advanced(shared.NewName("Enforced"))).ExpectAsync(201);
        var path = $"{Policies}/advanced/{created["policyId"]}";
        Assert.Equal("local-share", (string)(await shared.Admin.GetAsync($"{path}/enforcement").ExpectAsync(200))["outage"]!);
        await shared.Admin.PutAsync($"{path}/enforcement", new JsonObject { ["outage"] = "closed" }).ExpectAsync(200);
        await shared.Admin.PutAsync(path, await shared.Admin.GetAsync(path).ExpectAsync(200)).ExpectAsync(200);
        Assert.Equal("closed", (string)(await shared.Admin.GetAsync($"{path}/enforcement").ExpectAsync(200))["outage"]!);

        await shared.Admin.PutAsync($"{path}/enforcement", new JsonObject { ["outage"] = "panic" }).ExpectErrorAsync(400, "900305");
        await shared.Admin.PutAsync($"{path}/enforcement", new JsonObject { ["window"] = "leaky" }).ExpectErrorAsync(400, "900305");
        await shared.Admin.PutAsync(
            $"{path}/enforcement", new JsonObject { ["window"] = "sliding", ["accuracy"] = "exact" }).ExpectErrorAsync(400, "900305");
        await shared.Admin.PutAsync($"{path}/enforcement", new JsonObject { ["window"] = "token-bucket" }).ExpectAsync(200);
        Assert.Equal("token-bucket", (string)(await shared.Admin.GetAsync($"{path}/enforcement").ExpectAsync(200))["window"]!);
        await shared.Admin.GetAsync($"{Policies}/planet/{created["policyId"]}/enforcement").ExpectErrorAsync(404, "404");
        await shared.Admin.GetAsync($"{Policies}/application/{created["policyId"]}/enforcement").ExpectErrorAsync(404, "404");
    }

    [Fact]
    public async Task BackendLimit_Exceeded_Answers503AndSaysWhenToComeAgain()
    {
        var (path, token) = await CalledAsync(new JsonObject { ["maxTps"] = new JsonObject { ["production"] = 2, ["productionTimeUnit"] = "HOUR" } });
        await shared.CallAsync(path, token).ExpectAsync(200);
        var refused = await shared.CallAsync(path, token);
        Assert.Equal((503, "900801"), (refused.Code, refused.ErrorCode));
        Assert.InRange(int.Parse(refused.Header("Retry-After")!), 1, 3600);
        Assert.NotNull(refused.Json["nextAccessTime"]);
    }

    // Published, subscribed and called once.
    private async Task<(string Path, string Token)> CalledAsync(JsonObject? more = null)
    {
        var name = shared.NewName("Ruled");
        var api = await Portal.PublishAsync(name, shared.Backend.Url, more);
        var consumer = await Portal.ConsumerAsync(shared.NewName("RuledApp"));
        await Portal.SubscribeAsync(api, consumer);
        var path = $"/{name.ToLowerInvariant()}/1.0.0/ruled";
        var token = await Portal.TokenAsync(consumer);
        await shared.UntilAsync(path, token, 200);
        return (path, token);
    }

    private Task<Answer> CallAsync(string path, string token, string client) =>
        shared.CallAsync(path, token, more: request => request.Headers.Add("X-Client", client));

    private static JsonObject Advanced(string name, params JsonNode[] groups) => new()
    {
        ["policyName"] = name,
        ["defaultLimit"] = Limit(100_000),
        ["conditionalGroups"] = new JsonArray(groups),
    };

    private static JsonObject Group(params JsonNode[] conditions) => new()
    {
        ["description"] = "of one header",
        ["conditions"] = new JsonArray([.. conditions.Select(condition => condition.DeepClone())]),
        ["limit"] = Limit(1),
    };

    private static JsonObject Header(string name, string value, bool invert = false) =>
        Condition("HEADERCONDITION", "headerCondition", new JsonObject { ["headerName"] = name, ["headerValue"] = value }.ToJsonString(), invert);

    private static JsonObject Condition(string type, string part, string value, bool invert = false) => new()
    {
        ["type"] = type,
        ["invertCondition"] = invert,
        [part] = JsonNode.Parse(value),
    };

    private static JsonObject Limit(int perDay) => new()
    {
        ["type"] = "REQUESTCOUNTLIMIT",
        ["requestCount"] = new JsonObject { ["requestCount"] = perDay, ["timeUnit"] = "day", ["unitTime"] = 1 },
    };
}
