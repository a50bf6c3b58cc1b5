using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Admin;

/// <summary>Deny policies over REST, and what the gateway makes of them. Alone: one of them denies the user whose applications other tests call with.</summary>
[Collection(nameof(Alone))]
public sealed class DenyPolicyTests(SharedNode shared)
{
    private const string Policies = $"{Portal.Admin}/throttling/deny-policies";
    private const string Policy = $"{Portal.Admin}/throttling/deny-policy";

    // What the product promises, from the answer of the management call to the gateway's refusal.
    private static readonly TimeSpan Promised = TimeSpan.FromMilliseconds(500);

    private Caller Admin => shared.Admin;

    [Fact]
    public async Task DenyPolicy_SwitchedOnAndOff_RefusesAndAdmitsAtTheGateway()
    {
        // A backend of its own: tests beside this one count what the shared one gets.
        await using var backend = await TestBackend.StartAsync();
        var (name, path, token, application) = await CalledApiAsync(backend);
        (string Type, JsonNode Value)[] conditions =
        [
            ("API", $"/{name.ToLowerInvariant()}/1.0.0"),
            ("APPLICATION", $"admin:{application}"),
            ("USER", "admin"),
            ("SUBSCRIPTION", $"/{name.ToLowerInvariant()}/1.0.0:1.0.0:admin-{application}:PRODUCTION"),
        ];
        foreach (var (type, value) in conditions)
        {
            var created = await CreateAsync(type, value).ExpectAsync(201);
            var id = (string)created["conditionId"]!;
            Assert.Equal(value.ToJsonString(), created["conditionValue"]!.ToJsonString());
            await shared.UntilAsync(path, token, 403, Promised);
            await shared.CallAsync(path, token).ExpectErrorAsync(403, "900805");

            var off = await PatchAsync(id, false).ExpectAsync(200);
            Assert.False((bool)off["conditionStatus"]!);
            await shared.UntilAsync(path, token, 200, Promised);
            Assert.True((bool)(await PatchAsync(id, true).ExpectAsync(200))["conditionStatus"]!);
            await shared.UntilAsync(path, token, 403, Promised);

            await Admin.DeleteAsync($"{Policy}/{id}").ExpectAsync(200);
            await shared.UntilAsync(path, token, 200, Promised);
            await Admin.GetAsync($"{Policy}/{id}").ExpectErrorAsync(404, "404");
        }
    }

    [Fact]
    public async Task Create_TheSameConditionTwice_Conflicts()
    {
        var user = shared.NewName("nobody");
        var id = (string)(await CreateAsync("USER", user).ExpectAsync(201))["conditionId"]!;
        await CreateAsync("USER", user.ToUpperInvariant()).ExpectErrorAsync(409, "900979");
        await CreateAsync("USER", user + "@carbon.super").ExpectErrorAsync(409, "900979");
        await Admin.DeleteAsync($"{Policy}/{id}").ExpectAsync(200);
    }

    [Fact]
    public async Task Create_ConditionThatNamesNothing_IsRefused()
    {
        await CreateAsync("API", "/nothing/1.0").ExpectErrorAsync(400, "900308");
        await CreateAsync("APPLICATION", "admin:nothing").ExpectErrorAsync(400, "900307");
        await CreateAsync("IP", Address("300.1.1.1")).ExpectErrorAsync(400, "400");
        await CreateAsync("IP", Address("1")).ExpectErrorAsync(400, "400");
        await CreateAsync("IPRANGE", Range("10.0.0.9", "10.0.0.1")).ExpectErrorAsync(400, "400");
        await CreateAsync("IPRANGE", Range("10.0.0.1", "2001:db8::1")).ExpectErrorAsync(400, "400");
        await CreateAsync("SUBSCRIPTION", "something").ExpectErrorAsync(400, "400");
        await CreateAsync("PLANET", "earth").ExpectErrorAsync(400, "400");
        await CreateAsync("USER", new JsonObject()).ExpectErrorAsync(400, "400");
    }

    [Fact]
    public async Task List_WithAQuery_FindsByTypeAndValue()
    {
        var stem = shared.NewName("finder");
        var ids = new[]
        {
            (string)(await CreateAsync("USER", stem + "a").ExpectAsync(201))["conditionId"]!,
            (string)(await CreateAsync("USER", stem + "ab").ExpectAsync(201))["conditionId"]!,
        };

        Assert.Equal(ids, await FoundAsync($"conditionType:USER&conditionValue:{stem}A"));
        Assert.Equal([ids[0]], await FoundAsync($"conditionType:USER&conditionValue:\"{stem}a@carbon.super\""));
        Assert.Empty(await FoundAsync($"conditionType:IP&conditionValue:{stem}"));
        await Admin.GetAsync($"{Policies}?query=planet:earth").ExpectErrorAsync(400, "400");
        foreach (var id in ids)
        {
            await Admin.DeleteAsync($"{Policy}/{id}").ExpectAsync(200);
        }
    }

    private async Task<string[]> FoundAsync(string query)
    {
        var list = await Admin.GetAsync($"{Policies}?query={Uri.EscapeDataString(query)}").ExpectAsync(200);
        return [.. list["list"]!.AsArray().Select(entry => (string)entry!["conditionId"]!)];
    }

    private Task<Answer> CreateAsync(string type, JsonNode value) => Admin.PostAsync(
        Policies, new JsonObject { ["conditionType"] = type, ["conditionValue"] = value.DeepClone() });

    private Task<Answer> PatchAsync(string id, bool status) => Admin.SendAsync(
        HttpMethod.Patch, $"{Policy}/{id}",
        new StringContent(new JsonObject { ["conditionStatus"] = status }.ToJsonString(), System.Text.Encoding.UTF8, "application/json"));

    private async Task<(string Name, string Path, string Token, string Application)> CalledApiAsync(TestBackend backend)
    {
        var name = shared.NewName("Denied");
        var api = await shared.Portal.PublishAsync(name, backend.Url);
        var application = shared.NewName("DeniedApp");
        var consumer = await shared.Portal.ConsumerAsync(application);
        await shared.Portal.SubscribeAsync(api, consumer);
        var token = await shared.Portal.TokenAsync(consumer);
        var path = $"/{name.ToLowerInvariant()}/1.0.0/x";
        await shared.UntilAsync(path, token, 200);
        return (name, path, token, application);
    }

    private static JsonObject Address(string ip) => new() { ["fixedIp"] = ip };

    private static JsonObject Range(string first, string last) => new() { ["startingIp"] = first, ["endingIp"] = last, ["invert"] = false };
}
