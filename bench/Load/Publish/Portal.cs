using System.Text.Json.Nodes;

namespace Tollgate.Load.Publish;

/// <summary>An application with keys.</summary>
internal sealed record Consumer(string ApplicationId, string Key, string Secret);

/// <summary>Publishes, subscribes and gets tokens, with a limit of each kind that no run reaches.</summary>
internal sealed class Portal(Rest rest, string backendUrl)
{
    private const string Publisher = "/api/am/publisher/v4";
    private const string DevPortal = "/api/am/devportal/v3";
    private const string Throttling = "/api/am/admin/v4/throttling/policies";
    private const string Policy = "BenchUnreached";

    public async Task MakePoliciesAsync()
    {
        await rest.PostAsync($"{Throttling}/application", new JsonObject { ["policyName"] = Policy, ["defaultLimit"] = Limit() });
        await rest.PostAsync($"{Throttling}/advanced", new JsonObject { ["policyName"] = Policy, ["defaultLimit"] = Limit() });
        await rest.PostAsync(
            $"{Throttling}/subscription",
            new JsonObject { ["policyName"] = Policy, ["defaultLimit"] = Limit(), ["stopOnQuotaReach"] = true });
    }

    /// <summary>A deployed and published API under <c>/name/1.0.0</c>; without targets it has the operations of an API from scratch.</summary>
    public async Task<string> PublishAsync(string name, params IEnumerable<string> targets)
    {
        var api = new JsonObject
        {
            ["name"] = name,
            ["version"] = "1.0.0",
            ["context"] = "/" + name,
            ["policies"] = new JsonArray(Policy),
            ["apiThrottlingPolicy"] = Policy,
            ["endpointConfig"] = new JsonObject
            {
                ["endpoint_type"] = "http",
                ["production_endpoints"] = new JsonObject { ["url"] = backendUrl },
                ["sandbox_endpoints"] = new JsonObject { ["url"] = backendUrl },
            },
        };
        JsonNode[] operations = [.. targets.Select(target => new JsonObject { ["verb"] = "GET", ["target"] = target })];
        if (operations.Length > 0)
        {
            api["operations"] = new JsonArray(operations);
        }

        var id = (string)(await rest.PostAsync($"{Publisher}/apis", api))["id"]!;
        var revision = (string)(await rest.PostAsync($"{Publisher}/apis/{id}/revisions", new JsonObject()))["id"]!;
        await rest.PostAsync(
            $"{Publisher}/apis/{id}/deploy-revision?revisionId={revision}", new JsonArray(new JsonObject { ["name"] = "Default" }));
        await rest.PostAsync($"{Publisher}/apis/change-lifecycle?apiId={id}&action=Publish");
        return id;
    }

    public async Task<Consumer> ConsumerAsync(string name)
    {
        var application = (string)(await rest.PostAsync(
            $"{DevPortal}/applications", new JsonObject { ["name"] = name, ["throttlingPolicy"] = Policy }))["applicationId"]!;
        var keys = await rest.PostAsync(
            $"{DevPortal}/applications/{application}/generate-keys",
            new JsonObject { ["keyType"] = "PRODUCTION", ["grantTypesToBeSupported"] = new JsonArray("client_credentials") });
        return new Consumer(application, (string)keys["consumerKey"]!, (string)keys["consumerSecret"]!);
    }

    public Task SubscribeAsync(string apiId, Consumer consumer) => rest.PostAsync(
        $"{DevPortal}/subscriptions",
        new JsonObject { ["apiId"] = apiId, ["applicationId"] = consumer.ApplicationId, ["throttlingPolicy"] = Policy });

    public Task<string> TokenAsync(Consumer consumer) => rest.TokenAsync(consumer.Key, consumer.Secret);

    private static JsonObject Limit() => new()
    {
        ["type"] = "REQUESTCOUNTLIMIT",
        ["requestCount"] = new JsonObject { ["requestCount"] = 1_000_000_000, ["timeUnit"] = "min", ["unitTime"] = 1 },
    };
}
