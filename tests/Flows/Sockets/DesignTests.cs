using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Sockets;

/// <summary>WebSocket APIs as publishers make and change them.</summary>
public sealed class DesignTests(SharedNode shared)
{
    private const string Apis = Portal.Publisher + "/apis";
    private const string Backend = "ws://backend.example/live";

    [Fact]
    public async Task Create_FromScratch_HasBothVerbsOnAllTopicsAndATopicDefinition()
    {
        var id = await CreateAsync();
        var api = await shared.Admin.GetAsync($"{Apis}/{id}").ExpectAsync(200);
        Assert.Equal("WS", (string)api["type"]!);
        Assert.Equal(["/* SUBSCRIBE", "/* PUBLISH"], api["operations"]!.AsArray().Select(one => $"{one!["target"]} {one["verb"]}"));

        api["operations"] = new JsonArray(new JsonObject { ["verb"] = "subscribe", ["target"] = "/rooms/{room}/{seat}" });
        await shared.Admin.PutAsync($"{Apis}/{id}", api).ExpectAsync(200);
        var definition = await shared.Admin.GetAsync($"{Apis}/{id}/swagger").ExpectAsync(200);
        Assert.Equal("2.0.0", (string)definition["asyncapi"]!);
        var channel = definition["channels"]!["/rooms/{room}/{seat}"]!;
        Assert.Equal(["room", "seat"], channel["parameters"]!.AsObject().Select(parameter => parameter.Key));
        Assert.NotNull(channel["subscribe"]);
        Assert.Null(channel["publish"]);
    }

    [Fact]
    public async Task Create_WithWhatAnotherKindOfApiHas_IsRefused()
    {
        JsonObject With(string field, JsonNode value)
        {
            var fields = WebSocketApi.Fields(Backend);
            fields[field] = value;
            return fields;
        }

        var http = new JsonObject { ["endpoint_type"] = "http", ["production_endpoints"] = new JsonObject { ["url"] = "http://backend.example" } };
        await shared.Portal.CreateApiRefusedAsync(shared.NewName("Wrong"), With("endpointConfig", http), "900346");
        await shared.Portal.CreateApiRefusedAsync(shared.NewName("Wrong"), With("operations", new JsonArray(Operation("GET", "/a"))), "400");
        await shared.Portal.CreateApiRefusedAsync(shared.NewName("Wrong"), With("type", "SSE"), "400");
        await shared.Portal.CreateApiRefusedAsync(shared.NewName("Wrong"), With("type", "HTTP"), "900346");
        await shared.Portal.CreateApiRefusedAsync(
            shared.NewName("Wrong"), new JsonObject { ["operations"] = new JsonArray(Operation("SUBSCRIBE", "/a")) }, "400");
    }

    [Fact]
    public async Task Change_OfTheTypeOrTheDefinition_IsRefused()
    {
        var id = await CreateAsync();
        var api = await shared.Admin.GetAsync($"{Apis}/{id}").ExpectAsync(200);
        api["type"] = "HTTP";
        api["endpointConfig"] = Portal.Endpoint("http://backend.example");
        await shared.Admin.PutAsync($"{Apis}/{id}", api).ExpectErrorAsync(400, "400");
        using var form = new MultipartFormDataContent
        {
            { new StringContent("""{"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": {}}"""), "apiDefinition" },
        };
        await shared.Admin.SendAsync(HttpMethod.Put, $"{Apis}/{id}/swagger", form).ExpectErrorAsync(400, "400");
    }

    [Fact]
    public async Task Product_OfAWebSocketApi_IsRefused()
    {
        var id = await CreateAsync();
        var product = new JsonObject
        {
            ["name"] = shared.NewName("Bundle"),
            ["version"] = "1.0.0",
            ["context"] = "/" + shared.NewName("bundle"),
            ["apis"] = new JsonArray(new JsonObject { ["apiId"] = id }),
        };
        await shared.Admin.PostAsync($"{Portal.Publisher}/api-products", product).ExpectErrorAsync(400, "400");
    }

    [Fact]
    public async Task Archive_OfAWebSocketApi_ComesBackTheSame()
    {
        var name = shared.NewName("Packed");
        var fields = WebSocketApi.Fields(Backend);
        fields["operations"] = new JsonArray(Operation("SUBSCRIBE", "/news"), Operation("PUBLISH", "/news"), Operation("SUBSCRIBE", "/rooms/{room}"));
        var id = await shared.Portal.CreateApiAsync(name, "", fields);
        var before = await shared.Admin.GetAsync($"{Apis}/{id}").ExpectAsync(200);
        var archive = await shared.Http.SendAsync(Signed(HttpMethod.Get, $"{Apis}/export?apiId={id}"));
        Assert.True(archive.IsSuccessStatusCode);
        var content = new ByteArrayContent(await archive.Content.ReadAsByteArrayAsync());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        using var form = new MultipartFormDataContent { { content, "file", "api.zip" } };
        await shared.Admin.DeleteAsync($"{Apis}/{id}").ExpectAsync(200);

        await shared.Admin.SendAsync(HttpMethod.Post, $"{Apis}/import", form).ExpectAsync(200);
        var found = (await shared.Admin.GetAsync($"{Apis}?query=name:{name}").ExpectAsync(200))["list"]![0]!;
        var after = await shared.Admin.GetAsync($"{Apis}/{found["id"]}").ExpectAsync(200);
        foreach (var field in (string[])["type", "operations", "endpointConfig", "transport"])
        {
            Assert.Equal(before[field]!.ToJsonString(), after[field]!.ToJsonString());
        }

        var copy = await shared.Admin.PostAsync($"{Apis}/copy-api?apiId={found["id"]}&newVersion=2.0.0").ExpectAsync(201);
        Assert.Equal("WS", (string)copy["type"]!);
    }

    private static JsonObject Operation(string verb, string target) => new() { ["verb"] = verb, ["target"] = target };

    private Task<string> CreateAsync() => shared.Portal.CreateApiAsync(shared.NewName("Topics"), "", WebSocketApi.Fields(Backend));

    private HttpRequestMessage Signed(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, shared.Node.ManagementUrl + path);
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"admin:{TestHome.AdminPassword}")));
        return request;
    }
}
