using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Access;

/// <summary>Mass assignment: fields that the server sets, sent back with other values, change nothing.</summary>
public sealed class ReadOnlyFieldTests(SharedNode shared)
{
    [Fact]
    public async Task Api_FieldsThatTheServerSets_Stay()
    {
        var id = await shared.Portal.PublishAsync(shared.NewName("Kept"), shared.Backend.Url);
        await StaysAsync(
            shared.Admin, $"{Portal.Publisher}/apis/{id}",
            "id", "name", "provider", "lifeCycleStatus", "workflowStatus", "hasThumbnail", "isRevision", "revisionedApiId", "revisionId", "createdTime");
    }

    [Fact]
    public async Task Application_FieldsThatTheServerSets_Stay()
    {
        var developer = await shared.DeveloperAsync();
        var consumer = await new Portal(developer, shared.Node.ManagementUrl).ConsumerAsync(shared.NewName("Kept"));
        await StaysAsync(
            developer, $"{Portal.DevPortal}/applications/{consumer.ApplicationId}",
            "applicationId", "owner", "status", "subscriptionCount", "hashEnabled", "createdTime");
    }

    [Fact]
    public async Task Subscription_FieldsThatTheServerSets_Stay()
    {
        var api = await shared.Portal.PublishAsync(shared.NewName("Kept"), shared.Backend.Url);
        var developer = await shared.DeveloperAsync();
        var portal = new Portal(developer, shared.Node.ManagementUrl);
        var subscription = await portal.SubscribeAsync(api, await portal.ConsumerAsync(shared.NewName("Kept")));
        await shared.Admin.PostAsync(
            $"{Portal.Publisher}/subscriptions/block-subscription?subscriptionId={subscription}&blockState=BLOCKED").ExpectAsync(200);
        await StaysAsync(developer, $"{Portal.DevPortal}/subscriptions/{subscription}", "subscriptionId", "status");
    }

    [Fact]
    public async Task Key_FieldsThatTheServerSets_Stay()
    {
        var developer = await shared.DeveloperAsync();
        var consumer = await new Portal(developer, shared.Node.ManagementUrl).ConsumerAsync(shared.NewName("Kept"));
        await StaysAsync(
            developer, $"{Portal.DevPortal}/applications/{consumer.ApplicationId}/oauth-keys/{consumer.KeyMappingId}",
            "keyMappingId", "consumerKey", "keyType", "keyState", "mode", "keyManager");
    }

    [Fact]
    public async Task User_FieldsThatTheServerSets_Stay()
    {
        var name = shared.NewName("kept");
        var id = (string)(await shared.Admin.PostAsync(
            $"{Portal.Admin}/users", new JsonObject { ["userName"] = name, ["password"] = People.Password }).ExpectAsync(201))["id"]!;
        await StaysAsync(shared.Admin, $"{Portal.Admin}/users/{id}", "id", "userName", "locked", "createdTime");
    }

    [Fact]
    public async Task Policy_FieldsThatTheServerSets_Stay()
    {
        var policy = new JsonObject
        {
            ["policyName"] = shared.NewName("Kept"),
            ["defaultLimit"] = new JsonObject
            {
                ["type"] = "REQUESTCOUNTLIMIT",
                ["requestCount"] = new JsonObject { ["timeUnit"] = "min", ["unitTime"] = 1, ["requestCount"] = 10 },
            },
        };
        var id = (string)(await shared.Admin.PostAsync($"{Portal.Admin}/throttling/policies/application", policy).ExpectAsync(201))["policyId"]!;
        await StaysAsync(shared.Admin, $"{Portal.Admin}/throttling/policies/application/{id}", "policyId", "policyName", "isDeployed", "type");
    }

    // Each field alone, so that one refusal does not hide that another one would have been taken.
    private static async Task StaysAsync(Caller caller, string path, params string[] fields)
    {
        var tried = 0;
        foreach (var field in fields)
        {
            var stored = (await caller.GetAsync(path).ExpectAsync(200)).AsObject();
            if (!stored.ContainsKey(field))
            {
                continue;
            }

            tried++;
            var (before, changed) = (stored[field]?.ToJsonString(), stored.DeepClone().AsObject());
            changed[field] = Other(stored[field]);
            var answer = await caller.PutAsync(path, changed);
            Assert.True(answer.Code is 200 or 400 or 403 or 409, $"{field}: {answer.Code} {answer.Body}");
            Assert.Equal(before, (await caller.GetAsync(path).ExpectAsync(200))[field]?.ToJsonString());
        }

        Assert.True(tried > 1, $"{path} shows {tried} of these fields: {string.Join(", ", fields)}");
    }

    private static JsonNode Other(JsonNode? value) => value?.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.True => false,
        System.Text.Json.JsonValueKind.False => true,
        System.Text.Json.JsonValueKind.Number => (long)value + 7,
        _ => (string?)value switch
        {
            "PUBLISHED" => "RETIRED",
            "BLOCKED" => "UNBLOCKED",
            "APPROVED" => "REJECTED",
            "PRODUCTION" => "SANDBOX",
            _ => "anything-else",
        },
    };
}
