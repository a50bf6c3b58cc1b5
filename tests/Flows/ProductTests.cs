using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>API products: made of other APIs' operations, subscribed to and called like an API.</summary>
public sealed class ProductTests(SharedNode shared)
{
    private const string Products = Portal.Publisher + "/api-products";
    private const string Apis = Portal.Publisher + "/apis";

    private Caller Admin => shared.Admin;

    [Fact]
    public async Task Product_OfTwoApis_ForwardsEachOperationToItsOwnBackend()
    {
        await using var second = await TestBackend.StartAsync();
        var pets = await ApiAsync("/pets/{id}", shared.Backend.Url + "/one");
        var toys = await ApiAsync("/toys", second.Url + "/two");
        var (name, product) = await ProductAsync(Part(pets), Part(toys, ("GET", "/toys")));
        var id = (string)product["id"]!;
        Assert.Equal(("CREATED", "APIPRODUCT", 2), ((string)product["state"]!, (string)product["apiType"]!, product["apis"]!.AsArray().Count));
        await DeployAsync(id);
        await Admin.PostAsync($"{Products}/change-lifecycle?apiProductId={id}&action=Publish").ExpectAsync(200);

        var consumer = await shared.Portal.ConsumerAsync(shared.NewName("Bundle"));
        var token = await shared.Portal.TokenAsync(consumer);
        await shared.UntilAsync($"/{name.ToLowerInvariant()}/1.0.0/toys", token, 403);
        await shared.CallAsync($"/{name.ToLowerInvariant()}/1.0.0/toys", token).ExpectErrorAsync(403, "900908");
        await shared.Portal.SubscribeAsync(id, consumer, "Gold");
        await shared.UntilAsync($"/{name.ToLowerInvariant()}/1.0.0/toys", token, 200);
        Assert.All(second.Requests, request => Assert.Equal("/two/toys", request.Target));
        shared.Backend.Forget();
        Assert.Equal(200, (await shared.CallAsync($"/{name.ToLowerInvariant()}/1.0.0/pets/7?x=1", token)).Code);
        Assert.Equal("/one/pets/7?x=1", shared.Backend.TakeOnly().Target);
        Assert.Equal(404, (await shared.CallAsync($"/{name.ToLowerInvariant()}/1.0.0/nothing", token)).Code);
        Assert.Contains("/pets/{id}", (await Admin.GetAsync($"{Products}/{id}/swagger")).Body);
        Assert.Equal("APIPRODUCT", (string)(await Admin.GetAsync($"{Portal.DevPortal}/apis/{id}").ExpectAsync(200))["type"]!);
    }

    [Fact]
    public async Task Product_AndApi_AreFoundUnderTheirOwnPathsOnly()
    {
        var api = await ApiAsync("/pets", shared.Backend.Url);
        var (name, product) = await ProductAsync(Part(api));
        var id = (string)product["id"]!;
        await Admin.GetAsync($"{Apis}/{id}").ExpectErrorAsync(404, "900308");
        await Admin.GetAsync($"{Products}/{api}").ExpectErrorAsync(404, "900308");
        Assert.Equal(0, (int)(await Admin.GetAsync($"{Apis}?query={name}").ExpectAsync(200))["pagination"]!["total"]!);
        var listed = await Admin.GetAsync($"{Products}?query={name}").ExpectAsync(200);
        Assert.Equal((1, id), ((int)listed["pagination"]!["total"]!, (string)listed["list"]![0]!["id"]!));
    }

    [Fact]
    public async Task Api_WhoseOperationsAProductUses_IsNeitherDeletedNorLosesThem()
    {
        var api = await ApiAsync("/pets", shared.Backend.Url);
        var (_, product) = await ProductAsync(Part(api));
        await Admin.DeleteAsync($"{Apis}/{api}").ExpectErrorAsync(409, "409");
        var stored = await Admin.GetAsync($"{Apis}/{api}").ExpectAsync(200);
        stored["operations"] = new JsonArray(new JsonObject { ["target"] = "/other", ["verb"] = "GET" });
        Assert.Contains("/pets", await Admin.PutAsync($"{Apis}/{api}", stored).ExpectErrorAsync(409, "409"));

        await Admin.DeleteAsync($"{Products}/{product["id"]}").ExpectAsync(200);
        await Admin.DeleteAsync($"{Apis}/{api}").ExpectAsync(200);
    }

    [Fact]
    public async Task Product_WhoseApiChanged_IsOutdatedUntilItIsSavedAgain()
    {
        var api = await ApiAsync("/pets", shared.Backend.Url);
        var (_, product) = await ProductAsync(Part(api));
        var path = $"{Products}/{product["id"]}";
        Assert.False((bool)(await Admin.GetAsync(path + "/is-outdated").ExpectAsync(200))["isOutdated"]!);
        var stored = await Admin.GetAsync($"{Apis}/{api}").ExpectAsync(200);
        stored["endpointConfig"] = Portal.Endpoint(shared.Backend.Url + "/moved");
        await Admin.PutAsync($"{Apis}/{api}", stored).ExpectAsync(200);
        Assert.True((bool)(await Admin.GetAsync(path + "/is-outdated").ExpectAsync(200))["isOutdated"]!);

        await Admin.PutAsync(path, await Admin.GetAsync(path).ExpectAsync(200)).ExpectAsync(200);
        Assert.False((bool)(await Admin.GetAsync(path + "/is-outdated").ExpectAsync(200))["isOutdated"]!);
    }

    [Theory]
    [InlineData("endpointConfig", "{}", "400")]
    [InlineData("colour", "\"red\"", "400")]
    [InlineData("policies", "[\"Platinum\"]", "900305")]
    [InlineData("context", "\"/a b\"", "900346")]
    [InlineData("apis", "[]", "400")]
    public async Task Product_AgainstTheRules_IsRefused(string field, string json, string code)
    {
        var api = await ApiAsync("/pets", shared.Backend.Url);
        var name = shared.NewName("Odd");
        var product = Product(name, Part(api));
        product[field] = JsonNode.Parse(json);
        await Admin.PostAsync(Products, product).ExpectErrorAsync(400, code);
        await Admin.PostAsync(Products, Product(name, Part(api, ("GET", "/nothing")))).ExpectErrorAsync(400, "400");
        await Admin.PostAsync(Products, Product(name, Part("nothing"))).ExpectErrorAsync(404, "900308");
        await Admin.PostAsync(Products, Product(name, Part(api), Part(api))).ExpectErrorAsync(400, "400");
    }

    [Fact]
    public async Task Product_WithDocumentsIconAndRevisions_IsCopiedToANewVersion()
    {
        var api = await ApiAsync("/pets", shared.Backend.Url);
        var (_, product) = await ProductAsync(Part(api));
        var path = $"{Products}/{product["id"]}";
        await Admin.PostAsync(
            path + "/documents",
            new JsonObject
            {
                ["name"] = "Guide",
                ["type"] = "HOWTO",
                ["sourceType"] = "INLINE",
                ["visibility"] = "API_LEVEL",
                ["inlineContent"] = "text",
            }).ExpectAsync(201);
        using var icon = new MultipartFormDataContent { { new ByteArrayContent("GIF89a.."u8.ToArray()), "file", "icon.gif" } };
        await Admin.SendAsync(HttpMethod.Put, path + "/thumbnail", icon).ExpectAsync(200);
        var revision = (string)(await Admin.PostAsync(path + "/revisions", new JsonObject()).ExpectAsync(201))["id"]!;
        var restored = await Admin.PostAsync($"{path}/restore-revision?revisionId={revision}").ExpectAsync(201);
        Assert.Equal(2, restored["apis"]![0]!["operations"]!.AsArray().Count);

        var copy = await Admin.PostAsync($"{Products}/copy-api-products?apiProductId={product["id"]}&newVersion=2.0.0").ExpectAsync(201);
        Assert.Equal(("2.0.0", "CREATED", true), ((string)copy["version"]!, (string)copy["state"]!, (bool)copy["hasThumbnail"]!));
        var document = (await Admin.GetAsync($"{Products}/{copy["id"]}/documents").ExpectAsync(200))["list"]![0]!;
        Assert.Equal("text", (await Admin.GetAsync($"{Products}/{copy["id"]}/documents/{document["documentId"]}/content")).Body);
        await Admin.PostAsync($"{Products}/copy-api-products?apiProductId={product["id"]}&newVersion=2.0.0").ExpectErrorAsync(409, "900252");
    }

    // An API with one operation to read and one to write.
    private async Task<string> ApiAsync(string target, string endpoint) => await shared.Portal.CreateApiAsync(
        shared.NewName("Part"), endpoint,
        new JsonObject
        {
            ["operations"] = new JsonArray(
                new JsonObject { ["target"] = target, ["verb"] = "GET" }, new JsonObject { ["target"] = target, ["verb"] = "PUT" }),
        });

    private async Task<(string Name, JsonNode Product)> ProductAsync(params JsonNode[] parts)
    {
        var name = shared.NewName("Product");
        return (name, await Admin.PostAsync(Products, Product(name, parts)).ExpectAsync(201));
    }

    private async Task DeployAsync(string id)
    {
        var revision = (string)(await Admin.PostAsync($"{Products}/{id}/revisions", new JsonObject()).ExpectAsync(201))["id"]!;
        await Admin.PostAsync(
            $"{Products}/{id}/deploy-revision?revisionId={revision}", new JsonArray(new JsonObject { ["name"] = "Default" })).ExpectAsync(201);
    }

    private static JsonObject Product(string name, params JsonNode[] parts) => new()
    {
        ["name"] = name,
        ["context"] = "/" + name.ToLowerInvariant(),
        ["policies"] = new JsonArray("Unlimited", "Gold"),
        ["apis"] = new JsonArray(parts),
    };

    private static JsonObject Part(string apiId, params (string Verb, string Target)[] operations)
    {
        var part = new JsonObject { ["apiId"] = apiId };
        if (operations.Length > 0)
        {
            part["operations"] = new JsonArray(
                [.. operations.Select(operation => new JsonObject { ["verb"] = operation.Verb, ["target"] = operation.Target })]);
        }

        return part;
    }
}
