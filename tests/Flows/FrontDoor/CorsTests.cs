using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.FrontDoor;

/// <summary>What a browser sends for a page of another site, and what it needs to see in the answers (Fetch standard, section 3.3).</summary>
public sealed class CorsTests(SharedNode shared)
{
    private const string Shop = "https://shop.example";

    [Fact]
    public async Task Preflight_OfAnOperation_IsAnsweredWithoutCredentialsAndWithoutTheBackend()
    {
        await using var api = await FrontDoorApi.PublishAsync(shared, Operations());
        var answer = await PreflightAsync(api.Path + "/things/1", "DELETE", "authorization,x-odd");
        Assert.Equal((200, "", "*"), (answer.Code, answer.Body, answer.Header("Access-Control-Allow-Origin")));
        Assert.Equal("GET, DELETE", answer.Header("Access-Control-Allow-Methods"));
        Assert.Contains("ApiKey", answer.Header("Access-Control-Allow-Headers"), StringComparison.OrdinalIgnoreCase);
        Assert.Null(answer.Header("Access-Control-Allow-Credentials"));
        Assert.DoesNotContain("x-odd", answer.Header("Access-Control-Allow-Headers"));
        Assert.Empty(api.Backend.Seen);

        Assert.Equal(404, (await PreflightAsync(api.Path + "/nothing", "GET")).Code);
        // Without a page behind it, it is a method that no operation takes.
        Assert.Equal(405, (await shared.CallAsync(api.Path + "/things/1", null, HttpMethod.Options)).Code);
        // The API's own.
        var own = await PreflightAsync(api.Path + "/own", "GET");
        Assert.Equal((200, true), (own.Code, own.Header(RecordingBackend.Number) is not null));
    }

    [Fact]
    public async Task Answers_OfBackendAndGateway_MayBeReadByPages()
    {
        await using var api = await FrontDoorApi.PublishAsync(shared, Operations());
        var served = await CallAsync(api.Path + "/things/1", api.Token, Shop);
        Assert.Equal((200, "*"), (served.Code, served.Header("Access-Control-Allow-Origin")));
        foreach (var (path, token, status) in ((string, string?, int)[])
            [(api.Path + "/things/1", null, 401), (api.Path + "/nothing", api.Token, 404), (api.Path + "/things/1", "nonsense", 401)])
        {
            var refused = await CallAsync(path, token, Shop);
            Assert.Equal((status, "*"), (refused.Code, refused.Header("Access-Control-Allow-Origin")));
        }

        Assert.Null((await CallAsync(api.Path + "/things/1", api.Token, null)).Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Configuration_OfAnApi_GoesBeforeTheCommonOne()
    {
        await using var api = await FrontDoorApi.PublishAsync(shared, Operations(new JsonObject
        {
            ["corsConfigurationEnabled"] = true,
            ["accessControlAllowOrigins"] = new JsonArray(Shop, "https://*.partner.example"),
            ["accessControlAllowCredentials"] = true,
            ["accessControlAllowHeaders"] = new JsonArray("*"),
            ["accessControlAllowMethods"] = new JsonArray("GET"),
        }));

        var preflight = await PreflightAsync(api.Path + "/things/1", "GET", "x-a,x-b");
        Assert.Equal(
            (Shop, "true", "GET", "x-a,x-b"),
            (preflight.Header("Access-Control-Allow-Origin"), preflight.Header("Access-Control-Allow-Credentials"),
                preflight.Header("Access-Control-Allow-Methods"), preflight.Header("Access-Control-Allow-Headers")));
        Assert.Contains("Origin", preflight.Header("Vary")!.Split(", "));
        Assert.Equal(
            "https://a.partner.example",
            (await CallAsync(api.Path + "/things/1", api.Token, "https://a.partner.example")).Header("Access-Control-Allow-Origin"));

        // Others are served and told nothing, so that the browser keeps the answer from the page; caches keep both apart.
        foreach (var origin in (string?[])["https://evil.example", "null", null])
        {
            var other = await CallAsync(api.Path + "/things/1", api.Token, origin);
            Assert.Equal((200, (string?)null, (string?)null, "Origin"), (
                other.Code, other.Header("Access-Control-Allow-Origin"), other.Header("Access-Control-Allow-Credentials"), other.Header("Vary")));
        }

        var refused = await PreflightAsync(api.Path + "/things/1", "GET", origin: "https://evil.example");
        Assert.Equal((200, (string?)null, (string?)null), (
            refused.Code, refused.Header("Access-Control-Allow-Origin"), refused.Header("Access-Control-Allow-Methods")));
    }

    private Task<Answer> PreflightAsync(string path, string method, string? headers = null, string origin = Shop) =>
        shared.CallAsync(path, null, HttpMethod.Options, request =>
        {
            request.Headers.Add("Origin", origin);
            request.Headers.Add("Access-Control-Request-Method", method);
            if (headers is not null)
            {
                request.Headers.TryAddWithoutValidation("Access-Control-Request-Headers", headers);
            }
        });

    private Task<Answer> CallAsync(string path, string? token, string? origin) => shared.CallAsync(path, token, null, request =>
    {
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }
    });

    private static JsonObject Operations(JsonObject? cors = null)
    {
        var more = new JsonObject
        {
            ["operations"] = new JsonArray(
                new JsonObject { ["verb"] = "GET", ["target"] = "/things/{id}" },
                new JsonObject { ["verb"] = "DELETE", ["target"] = "/things/{id}" },
                new JsonObject { ["verb"] = "OPTIONS", ["target"] = "/own", ["authType"] = "None" }),
        };
        if (cors is not null)
        {
            more["corsConfiguration"] = cors;
        }

        return more;
    }
}
