using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Admin;

/// <summary>Custom policies, and search, export and import of policies of every kind.</summary>
public sealed class PolicyTransferTests(SharedNode shared)
{
    private const string Policies = $"{Portal.Admin}/throttling/policies";
    private const string Query =
        "FROM RequestStream SELECT userId, (userId == 'nobody@carbon.super') as isEligible, userId as throttleKey INSERT INTO EligibilityStream; "
        + "FROM EligibilityStream[isEligible==true]#throttler:timeBatch(1 min) SELECT throttleKey, (count(userId) >= 10) as isThrottled, "
        + "expiryTimeStamp group by throttleKey INSERT ALL EVENTS into ResultStream;";

    private Caller Admin => shared.Admin;

    [Fact]
    public async Task CustomPolicy_CreatedChangedAndDeleted_IsShownAsStored()
    {
        var name = shared.NewName("Custom");
        var created = await Admin.PostAsync($"{Policies}/custom", Custom(name, "$userId")).ExpectAsync(201);
        var id = (string)created["policyId"]!;
        Assert.Equal((Query, "$userId"), ((string)created["siddhiQuery"]!, (string)created["keyTemplate"]!));
        await Admin.PostAsync($"{Policies}/custom", Custom(name, "$userId")).ExpectErrorAsync(409, "903001");

        await Admin.PutAsync($"{Policies}/custom/{id}", Custom(name, "$userId:$apiContext")).ExpectAsync(200);
        Assert.Equal("$userId:$apiContext", (string)(await Admin.GetAsync($"{Policies}/custom/{id}").ExpectAsync(200))["keyTemplate"]!);
        Assert.Contains(
            (await Admin.GetAsync($"{Policies}/custom").ExpectAsync(200))["list"]!.AsArray(), entry => (string)entry!["policyId"]! == id);
        await Admin.PostAsync($"{Policies}/custom", Custom(shared.NewName("Custom"), "$nothing")).ExpectErrorAsync(400, "900305");
        await Admin.DeleteAsync($"{Policies}/custom/{id}").ExpectAsync(200);
        await Admin.GetAsync($"{Policies}/custom/{id}").ExpectErrorAsync(404, "404");
    }

    [Fact]
    public async Task Search_ByTypeAndName_FindsPoliciesOfThatKind()
    {
        var found = await Admin.GetAsync($"{Policies}/search?query={Uri.EscapeDataString("type:sub name:gol")}").ExpectAsync(200);
        var gold = Assert.Single(found["list"]!.AsArray())!;
        Assert.Equal(("Gold", "sub"), ((string)gold["policyName"]!, (string)gold["type"]!));
        var all = await Admin.GetAsync($"{Policies}/search?query={Uri.EscapeDataString("type:all Unlimited")}").ExpectAsync(200);
        Assert.Equal(["api", "app", "sub"], all["list"]!.AsArray().Select(entry => (string)entry!["type"]!).Order());
        await Admin.GetAsync($"{Policies}/search?query=type:planet").ExpectErrorAsync(400, "400");
    }

    [Fact]
    public async Task Export_ThenImport_MakesTheSamePolicyAndReplacesOnlyWhenAsked()
    {
        var name = shared.NewName("Moved");
        var limit = new JsonObject
        {
            ["type"] = "REQUESTCOUNTLIMIT",
            ["requestCount"] = new JsonObject { ["requestCount"] = 7, ["timeUnit"] = "min", ["unitTime"] = 2 },
        };
        var created = await Admin.PostAsync(
            $"{Policies}/application", new JsonObject { ["policyName"] = name, ["description"] = "moves", ["defaultLimit"] = limit }).ExpectAsync(201);
        var exported = await Admin.GetAsync($"{Policies}/export?name={name}&type=app").ExpectAsync(200);
        Assert.Equal(
            ("throttling policy", "application policy"), ((string)exported["type"]!, (string)exported["subtype"]!));

        await ImportAsync(exported, false).ExpectErrorAsync(409, "903001");
        await Admin.DeleteAsync($"{Policies}/application/{created["policyId"]}").ExpectAsync(200);
        await Admin.GetAsync($"{Policies}/export?name={name}&type=app").ExpectErrorAsync(404, "404");
        await ImportAsync(exported, false).ExpectAsync(200);
        var again = await Admin.GetAsync($"{Policies}/export?name={name}&type=app").ExpectAsync(200);
        Assert.Equal(exported["data"]!["defaultLimit"]!.ToJsonString(), again["data"]!["defaultLimit"]!.ToJsonString());

        exported["data"]!["defaultLimit"]!["requestCount"]!["requestCount"] = 9;
        await ImportAsync(exported, true).ExpectAsync(200);
        again = await Admin.GetAsync($"{Policies}/export?policyId={again["data"]!["policyId"]}").ExpectAsync(200);
        Assert.Equal(9, (int)again["data"]!["defaultLimit"]!["requestCount"]!["requestCount"]!);
    }

    [Fact]
    public async Task Import_OfSomethingElse_IsRefused()
    {
        await ImportAsync(new JsonObject { ["type"] = "api", ["subtype"] = "application policy", ["data"] = new JsonObject() }, false)
            .ExpectErrorAsync(400, "400");
        await ImportAsync(new JsonObject { ["type"] = "throttling policy", ["subtype"] = "planet", ["data"] = new JsonObject() }, false)
            .ExpectErrorAsync(400, "400");
    }

    private Task<Answer> ImportAsync(JsonNode file, bool overwrite) => Admin.SendAsync(
        HttpMethod.Post, $"{Policies}/import?overwrite={overwrite}",
        new MultipartFormDataContent { { new StringContent(file.ToJsonString()), "file", "policy.json" } });

    private static JsonObject Custom(string name, string template) => new()
    {
        ["policyName"] = name,
        ["description"] = "d",
        ["siddhiQuery"] = Query,
        ["keyTemplate"] = template,
    };
}
