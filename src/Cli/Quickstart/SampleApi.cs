using System.Text.Json.Nodes;

namespace Tollgate.Cli.Quickstart;

/// <summary>The publisher's part of the story: the sample API is imported, deployed and published once.</summary>
internal sealed class SampleApi(RestClient rest, QuickstartTarget target)
{
    public const string Context = "/petstore/1.0.0";

    private const string Name = "Petstore";
    private const int MostRevisions = 5;

    private string Publisher => target.ManagementUrl + "/api/am/publisher/v4";

    /// <summary>The id of the published API.</summary>
    public async Task<string> EnsureAsync()
    {
        var found = (await GetAsync($"/apis?query=name:{Name}"))!["list"]!.AsArray().FirstOrDefault(api => (string?)api!["name"] == Name);
        if (found is null)
        {
            var created = await ImportAsync();
            await DeployAsync(created);
            await rest.SendAsync(HttpMethod.Post, $"{Publisher}/apis/change-lifecycle?apiId={created}&action=Publish", target.BearerToken);
            return created;
        }

        var id = (string)found["id"]!;
        await FollowBackendAsync(id);
        return id;
    }

    private async Task<string> ImportAsync()
    {
        var settings = new JsonObject
        {
            ["name"] = Name,
            ["version"] = "1.0.0",
            ["context"] = "/petstore",
            ["policies"] = new JsonArray("Gold", "Unlimited"),
            ["endpointConfig"] = EndpointConfig(),
        };
        using var form = new MultipartFormDataContent
        {
            { new StreamContent(typeof(SampleApi).Assembly.GetManifestResourceStream("petstore.yaml")!), "file", "openapi.yaml" },
            { new StringContent(settings.ToJsonString()), "additionalProperties" },
        };
        var api = await rest.SendAsync(HttpMethod.Post, Publisher + "/apis/import-openapi", target.BearerToken, form);
        return (string)api!["id"]!;
    }

    // With another port offset than last time the sample backend listens elsewhere.
    private async Task FollowBackendAsync(string id)
    {
        var api = (await GetAsync($"/apis/{id}"))!;
        if ((string?)api["endpointConfig"]?["production_endpoints"]?["url"] == target.BackendUrl)
        {
            return;
        }

        api["endpointConfig"] = EndpointConfig();
        await rest.SendAsync(HttpMethod.Put, $"{Publisher}/apis/{id}", target.BearerToken, RestClient.Json(api));
        await DeployAsync(id);
    }

    private async Task DeployAsync(string id)
    {
        var idle = (await GetAsync($"/apis/{id}/revisions?query=deployed:false"))!["list"]!.AsArray();
        var all = (await GetAsync($"/apis/{id}/revisions"))!["list"]!.AsArray();
        if (all.Count >= MostRevisions && idle.FirstOrDefault() is { } oldest)
        {
            await rest.SendAsync(HttpMethod.Delete, $"{Publisher}/apis/{id}/revisions/{(string)oldest["id"]!}", target.BearerToken);
        }

        var revision = await rest.SendAsync(
            HttpMethod.Post, $"{Publisher}/apis/{id}/revisions", target.BearerToken,
            RestClient.Json(new JsonObject { ["description"] = "made by the quickstart" }));
        await rest.SendAsync(
            HttpMethod.Post, $"{Publisher}/apis/{id}/deploy-revision?revisionId={(string)revision!["id"]!}", target.BearerToken,
            RestClient.Json(new JsonArray(new JsonObject { ["name"] = "Default" })));
    }

    private JsonObject EndpointConfig() => new()
    {
        ["endpoint_type"] = "http",
        ["production_endpoints"] = new JsonObject { ["url"] = target.BackendUrl },
        ["sandbox_endpoints"] = new JsonObject { ["url"] = target.BackendUrl },
    };

    private Task<JsonNode?> GetAsync(string path) => rest.SendAsync(HttpMethod.Get, Publisher + path, target.BearerToken);
}
