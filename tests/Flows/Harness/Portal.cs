using System.Text.Json.Nodes;

namespace Tollgate.Flows.Harness;

/// <summary>An application with keys.</summary>
public sealed record Consumer(string ApplicationId, string KeyMappingId, string ConsumerKey, string ConsumerSecret);

/// <summary>The steps of publishers and developers over REST, for tests whose subject is something else.</summary>
public sealed class Portal(Caller admin, string managementUrl)
{
    public const string Publisher = "/api/am/publisher/v4";
    public const string DevPortal = "/api/am/devportal/v3";
    public const string Admin = "/api/am/admin/v4";

    public Caller Caller => admin;

    /// <summary>Where revisions are deployed.</summary>
    public string Environment { get; init; } = "Default";

    /// <summary>An API from scratch, deployed and published.</summary>
    public async Task<string> PublishAsync(string name, string endpoint, JsonObject? more = null)
    {
        var id = await CreateApiAsync(name, endpoint, more);
        await DeployAsync(id);
        await admin.PostAsync($"{Publisher}/apis/change-lifecycle?apiId={id}&action=Publish").ExpectAsync(200);
        return id;
    }

    public async Task<string> CreateApiAsync(string name, string endpoint, JsonObject? more = null)
    {
        var api = new JsonObject
        {
            ["name"] = name,
            ["version"] = "1.0.0",
            ["context"] = "/" + name.ToLowerInvariant(),
            ["policies"] = new JsonArray("Unlimited", "Gold", "Bronze"),
            ["endpointConfig"] = Endpoint(endpoint),
        };
        foreach (var (field, value) in more ?? [])
        {
            api[field] = value?.DeepClone();
        }

        return (string)(await admin.PostAsync($"{Publisher}/apis", api).ExpectAsync(201))["id"]!;
    }

    /// <summary>An API that is not made, for the reason with this code.</summary>
    public Task<string> CreateApiRefusedAsync(string name, JsonObject more, string code)
    {
        var api = new JsonObject { ["name"] = name, ["version"] = "1.0.0", ["context"] = "/" + name.ToLowerInvariant() };
        foreach (var (field, value) in more)
        {
            api[field] = value?.DeepClone();
        }

        return admin.PostAsync($"{Publisher}/apis", api).ExpectErrorAsync(400, code);
    }

    /// <summary>Freezes the working copy and places it on the environment; the revision's id.</summary>
    public async Task<string> DeployAsync(string apiId)
    {
        var revision = (string)(await admin.PostAsync($"{Publisher}/apis/{apiId}/revisions", new JsonObject()).ExpectAsync(201))["id"]!;
        await admin.PostAsync(
            $"{Publisher}/apis/{apiId}/deploy-revision?revisionId={revision}", new JsonArray(new JsonObject { ["name"] = Environment })).ExpectAsync(201);
        return revision;
    }

    public async Task<Consumer> ConsumerAsync(
        string name, string policy = "Unlimited", string? validity = null, string keyType = "PRODUCTION", string tokenType = "JWT")
    {
        var application = (string)(await admin.PostAsync(
            $"{DevPortal}/applications", new JsonObject { ["name"] = name, ["throttlingPolicy"] = policy, ["tokenType"] = tokenType })
            .ExpectAsync(201))["applicationId"]!;
        return await KeysAsync(application, validity, keyType);
    }

    public async Task<Consumer> KeysAsync(string applicationId, string? validity = null, string keyType = "PRODUCTION")
    {
        var request = new JsonObject
        {
            ["keyType"] = keyType,
            ["grantTypesToBeSupported"] = new JsonArray("client_credentials", "password", "refresh_token"),
        };
        if (validity is not null)
        {
            request["validityTime"] = validity;
        }

        var keys = await admin.PostAsync($"{DevPortal}/applications/{applicationId}/generate-keys", request).ExpectAsync(200);
        return new Consumer(applicationId, (string)keys["keyMappingId"]!, (string)keys["consumerKey"]!, (string)keys["consumerSecret"]!);
    }

    public async Task<string> SubscribeAsync(string apiId, Consumer consumer, string plan = "Unlimited") => (string)(await admin.PostAsync(
        $"{DevPortal}/subscriptions",
        new JsonObject { ["apiId"] = apiId, ["applicationId"] = consumer.ApplicationId, ["throttlingPolicy"] = plan }).ExpectAsync(201))["subscriptionId"]!;

    /// <summary>POST /oauth2/token with the consumer's Basic credentials.</summary>
    public Task<Answer> TokenAnswerAsync(Consumer consumer, params (string Name, string Value)[] form) =>
        Client(consumer).SendAsync(
            HttpMethod.Post, "/oauth2/token", new FormUrlEncodedContent(form.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))));

    public async Task<string> TokenAsync(Consumer consumer, string? scope = null)
    {
        (string, string)[] form = scope is null
            ? [("grant_type", "client_credentials")]
            : [("grant_type", "client_credentials"), ("scope", scope)];
        return (string)(await TokenAnswerAsync(consumer, form).ExpectAsync(200))["access_token"]!;
    }

    /// <summary>Calls OAuth endpoints as this client.</summary>
    public Caller Client(Consumer consumer) => Harness.Caller.Basic(admin.Http, managementUrl, consumer.ConsumerKey, consumer.ConsumerSecret);

    public static JsonObject Endpoint(string url) => new()
    {
        ["endpoint_type"] = "http",
        ["production_endpoints"] = new JsonObject { ["url"] = url },
        ["sandbox_endpoints"] = new JsonObject { ["url"] = url },
    };
}
