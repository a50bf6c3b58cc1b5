using System.Text;
using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Access;

/// <summary>Makes one of everything, through the REST APIs.</summary>
internal sealed class Making(Caller owner, string managementUrl, string stem, string endpoint)
{
    private readonly Portal _portal = new(owner, managementUrl);
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal) { ["{keyType}"] = "PRODUCTION", ["{deploymentId}"] = "Default" };

    /// <summary>What an administrator owns. The fields come on top of those of the API and the product.</summary>
    public async Task<Belongings> AdministratorsAsync(JsonObject? more = null)
    {
        _ids["{envName}"] = "Default";
        var api = await _portal.PublishAsync(stem + "Api", endpoint, more);
        await ApplicationAsync(api);
        await ApiPartsAsync(api);
        await ProductAsync(more);
        await OfOrganizationAsync();
        await PoliciesAsync();
        await WaitingAsync(api);
        return new Belongings(owner, _ids);
    }

    /// <summary>What a developer owns: an application with keys, subscribed to an API that others may see too.</summary>
    public async Task<Belongings> DevelopersAsync(string api)
    {
        await ApplicationAsync(api);
        await MakeAsync("{commentId}", $"{Portal.DevPortal}/apis/{api}/comments", """{"content": "Well made"}""", "id");
        return new Belongings(owner, _ids, "{apiId}", "{userName}", "{ownerName}", "{applicationName}");
    }

    private async Task ApplicationAsync(string api)
    {
        var consumer = await _portal.ConsumerAsync(stem + "Application");
        var other = await owner.PostAsync(
            $"{Portal.DevPortal}/applications", new JsonObject { ["name"] = stem + "Other", ["throttlingPolicy"] = "Unlimited" }).ExpectAsync(201);
        var application = $"{Portal.DevPortal}/applications/{consumer.ApplicationId}";
        foreach (var (name, value) in ((string, string)[])
        [
            ("{apiId}", api), ("{applicationId}", consumer.ApplicationId), ("{keyMappingId}", consumer.KeyMappingId),
            ("{consumerSecret}", consumer.ConsumerSecret), ("{otherApplicationId}", (string)other["applicationId"]!),
            ("{subscriptionId}", await _portal.SubscribeAsync(api, consumer)), ("{applicationName}", stem + "Application"),
            ("{ownerName}", (string)(await owner.GetAsync(application).ExpectAsync(200))["owner"]!),
        ])
        {
            _ids[name] = value;
        }

        _ids["{secretId}"] = (string)(await owner.PostAsync(
            $"{application}/oauth-keys/{consumer.KeyMappingId}/generate-secret", new JsonObject()).ExpectAsync(201))["secretId"]!;
        _ids["{apiKeyId}"] = await KeyAsync($"{application}/api-keys/PRODUCTION", stem + "Own");
        _ids["{spareKeyId}"] = await KeyAsync($"{Portal.DevPortal}/apis/{api}/api-keys", stem + "Spare", "PRODUCTION");
        _ids["{lentKeyId}"] = await KeyAsync($"{Portal.DevPortal}/apis/{api}/api-keys", stem + "Lent", "PRODUCTION");
        await owner.PostAsync(
            $"{application}/api-keys/PRODUCTION/associate",
            new JsonObject { ["keyUUID"] = _ids["{lentKeyId}"], ["apiUUID"] = api }).ExpectAsync(200);
        var client = await owner.PostAsync(
            "/client-registration/v0.17/register",
            new JsonObject { ["clientName"] = stem + "client", ["owner"] = _ids["{ownerName}"], ["grantType"] = "client_credentials" }).ExpectAsync(200);
        (_ids["{clientId}"], _ids["{clientSecret}"]) = ((string)client["clientId"]!, (string)client["clientSecret"]!);
        _ids["{userName}"] = _ids["{ownerName}"];
    }

    private async Task<string> KeyAsync(string path, string name, string? type = null)
    {
        await owner.PostAsync(path + "/generate", type is null
            ? new JsonObject { ["keyName"] = name }
            : new JsonObject { ["keyName"] = name, ["keyType"] = type }).ExpectAsync(200);
        var keys = await owner.GetAsync(path).ExpectAsync(200);
        return (string)Assert.Single(keys["list"]!.AsArray(), key => (string?)key!["keyName"] == name)!["keyUUID"]!;
    }

    private async Task ApiPartsAsync(string api)
    {
        var path = $"{Portal.Publisher}/apis/{api}";
        _ids["{deployedRevisionId}"] = (string)(await owner.GetAsync(path + "/revisions").ExpectAsync(200))["list"]![0]!["id"]!;
        await MakeAsync("{revisionId}", path + "/revisions", "{}", "id");
        await MakeAsync("{documentId}", path + "/documents", Guide);
        await UploadAsync(HttpMethod.Put, path + "/thumbnail", Image, []);
        await MakeAsync("{commentId}", path + "/comments", """{"content": "Well made"}""", "id");
        await MakeAsync(
            "{endpointId}", path + "/endpoints",
            """
            {"name": "blue", "deploymentStage": "PRODUCTION",
             "endpointConfig": {"endpoint_type": "http", "production_endpoints": {"url": "http://b.example"}}}
            """,
            "id");
        var alias = stem.ToLowerInvariant();
        await UploadAsync(HttpMethod.Post, path + "/client-certs/PRODUCTION", Certificate, ("alias", alias), ("tier", "Gold"));
        await UploadAsync(
            HttpMethod.Post, Portal.Publisher + "/endpoint-certificates", Certificate, ("alias", alias), ("endpoint", "https://backend.example"));
        _ids["{alias}"] = _ids["/endpoint-certificates/{alias}"] = alias;
        await owner.PutAsync($"{Portal.DevPortal}/apis/{api}/user-rating", new JsonObject { ["rating"] = 4 }).ExpectAsync(200);
    }

    private async Task ProductAsync(JsonObject? more)
    {
        var part = await _portal.CreateApiAsync(stem + "Part", endpoint);
        var product = new JsonObject
        {
            ["name"] = stem + "Product",
            ["context"] = "/" + stem.ToLowerInvariant() + "product",
            ["policies"] = new JsonArray("Unlimited"),
            ["apis"] = new JsonArray(new JsonObject { ["apiId"] = part }),
        };
        foreach (var (field, value) in more ?? [])
        {
            product[field] = value?.DeepClone();
        }

        var path = Portal.Publisher + "/api-products";
        await MakeAsync("{apiProductId}", path, product.ToJsonString(), "id");
        path += "/" + _ids["{apiProductId}"];
        await MakeAsync("{productRevisionId}", path + "/revisions", "{}", "id");
        await owner.PostAsync(
            $"{path}/deploy-revision?revisionId={_ids["{productRevisionId}"]}", new JsonArray(new JsonObject { ["name"] = "Default" })).ExpectAsync(201);
        await MakeAsync("/api-products/{apiProductId}/revisions/{revisionId}", path + "/revisions", "{}", "id");
        await MakeAsync("/api-products/{apiProductId}/documents/{documentId}", path + "/documents", Guide);
        await UploadAsync(HttpMethod.Put, path + "/thumbnail", Image, []);
    }

    private async Task OfOrganizationAsync()
    {
        var small = stem.ToLowerInvariant();
        (_ids["{categoryName}"], _ids["{labelName}"]) = (stem + "Category", stem + "label");
        await MakeAsync("{scopeId}", $"{Portal.Publisher}/scopes", $$"""{"name": "{{small}}_scope"}""", "id");
        await MakeAsync("{apiCategoryId}", $"{Portal.Admin}/api-categories", $$"""{"name": "{{stem}}Category"}""", "id");
        await MakeAsync("{labelId}", $"{Portal.Admin}/labels", $$"""{"name": "{{stem}}label"}""", "id");
        await MakeAsync("{userId}", $"{Portal.Admin}/users", $$"""{"userName": "{{small}}user", "password": "{{People.Password}}"}""", "id");
        _ids["{userName}"] = small + "user";
        await MakeAsync("/roles/{roleId}", $"{Portal.Admin}/roles", $$"""{"name": "{{small}}role", "scopes": []}""", "id");
        await MakeAsync(
            "{organizationId}", $"{Portal.Admin}/organizations", $$"""{"externalOrganizationId": "{{stem}}", "displayName": "{{stem}}"}""");
        await MakeAsync(
            "{environmentId}", $"{Portal.Admin}/environments",
            $$"""{"name": "{{stem}}", "displayName": "{{stem}}", "vhosts": [{"host": "{{small}}.example"}]}""", "id");
        _ids["/environments/{envId}"] = _ids["{environmentId}"];
        await MakeAsync(
            "{keyManagerId}", $"{Portal.Admin}/key-managers",
            $$"""
            {"name": "{{stem}}", "type": "Keycloak", "issuer": "https://{{small}}.example", "enabled": true,
             "clientRegistrationEndpoint": "https://k.example/r", "introspectionEndpoint": "https://k.example/i", "tokenEndpoint": "https://k.example/t",
             "additionalProperties": {"client_id": "me", "client_secret": "unknown to all"} }
            """,
            "id");
    }

    private async Task PoliciesAsync()
    {
        const string Limit = """{"type": "REQUESTCOUNTLIMIT", "requestCount": {"timeUnit": "min", "unitTime": 1, "requestCount": 10}}""";
        var policies = $"{Portal.Admin}/throttling/policies";
        foreach (var kind in (string[])["application", "subscription", "advanced"])
        {
            await MakeAsync(
                $"/{kind}/{{policyId}}", $"{policies}/{kind}", $$"""{"defaultLimit": {{Limit}}, "policyName": "{{stem}}{{kind}}"}""", "policyId");
        }

        await MakeAsync(
            "{conditionId}", $"{Portal.Admin}/throttling/deny-policies",
            $$"""{"conditionType": "USER", "conditionValue": "{{stem.ToLowerInvariant()}}user", "conditionStatus": true}""");
    }

    // A subscription that waits for its approval.
    private async Task WaitingAsync(string api)
    {
        var settings = $"{Portal.Admin}/tenant-config";
        var before = await owner.GetAsync(settings).ExpectAsync(200);
        await owner.PutAsync(settings, JsonNode.Parse("""{"Workflows": {"SubscriptionCreation": "Approval"}}""")!).ExpectAsync(200);
        var application = await owner.PostAsync(
            $"{Portal.DevPortal}/applications", new JsonObject { ["name"] = stem + "Waiting", ["throttlingPolicy"] = "Unlimited" }).ExpectAsync(201);
        await owner.PostAsync(
            $"{Portal.DevPortal}/subscriptions",
            new JsonObject { ["apiId"] = api, ["applicationId"] = (string)application["applicationId"]!, ["throttlingPolicy"] = "Unlimited" })
            .ExpectAsync(201);
        await owner.PutAsync(settings, before).ExpectAsync(200);
        var waiting = await owner.GetAsync($"{Portal.Admin}/workflows?workflowType=AM_SUBSCRIPTION_CREATION&limit=100").ExpectAsync(200);
        _ids["{workflowReferenceId}"] = _ids["{externalWorkflowRef}"] = (string)Assert.Single(
            waiting["list"]!.AsArray(), task => (string?)task!["properties"]!["applicationName"] == stem + "Waiting")!["referenceId"]!;
    }

    private const string Guide =
        """
        {"name": "Guide", "type": "HOWTO", "summary": "How to", "sourceType": "INLINE", "inlineContent": "Begin", "visibility": "API_LEVEL"}
        """;

    private static (string, string, string) Image => ("file", "icon.gif", Examples.Image);

    private static (string, string, string) Certificate => ("certificate", "c.crt", Pem.New("CN=making", 30));

    private async Task UploadAsync(
        HttpMethod method, string path, (string Field, string Name, string Text) file, params (string Name, string Text)[] fields)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.ASCII.GetBytes(file.Text)), file.Field, file.Name } };
        foreach (var (name, text) in fields)
        {
            form.Add(new StringContent(text), name);
        }

        await owner.SendAsync(method, path, form).ExpectAsync(200);
    }

    /// <summary>Whether things are made with fields that are the server's; what it takes of them is listed.</summary>
    public List<string>? Taken { get; init; }

    /// <summary>How many fields were tried.</summary>
    public int Tried { get; private set; }

    // Each field alone; what was made with it makes room for the next.
    private async Task ForgeAsync(string path, JsonObject body)
    {
        foreach (var field in ReadOnlyFieldTests.ServerSet.Where(field => !body.ContainsKey(field)))
        {
            Tried++;
            var forged = body.DeepClone().AsObject();
            forged[field] = "anything-else";
            var answer = await owner.PostAsync(path, forged);
            if (answer.Code == 201)
            {
                if ((answer.Json[field] as JsonValue)?.ToString() == "anything-else" && !ReadOnlyFieldTests.IsFree(path, field))
                {
                    Taken!.Add($"POST {path} {field}: {answer.Body}");
                }

                var location = answer.Header("Location")!;
                await owner.DeleteAsync(location[location.IndexOf("/api/", StringComparison.Ordinal)..]).ExpectAsync(200);
            }
            else if (answer.Code is not (400 or 403))
            {
                Taken!.Add($"POST {path} {field}: {answer.Code} {answer.Body}");
            }
        }
    }

    private Task MakeAsync(string key, string path, string json) => MakeAsync(key, path, json, key[(key.LastIndexOf('{') + 1)..^1]);

    private async Task MakeAsync(string key, string path, string json, string field)
    {
        var body = JsonNode.Parse(json)!.AsObject();
        if (Taken is not null)
        {
            await ForgeAsync(path, body);
        }

        _ids[key] = (string)(await owner.PostAsync(path, body).ExpectAsync(201))[field]!;
    }
}
