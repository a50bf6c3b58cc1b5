using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>The story that everything else stands on, told as an outside client does: over HTTPS, on the sample Petstore description.</summary>
public sealed class PublishSubscribeInvokeTests(SharedNode shared)
{
    private const string ReadPet = "/pets/7";

    private Portal Portal => shared.Portal;

    [Fact]
    public async Task Petstore_PublishedSubscribedAndCalled_ReachesTheBackendWithPathAndQueryAndWithoutTheCredential()
    {
        var (context, _, token) = await PetstoreAsync();
        await shared.UntilAsync(context + ReadPet, token, 200);
        shared.Backend.Forget();

        var answer = await shared.CallAsync(context + "/pets/7%20a?status=a%2Fb&x=1%202", token, more: request =>
        {
            request.Headers.TryAddWithoutValidation("X-Custom", "kept");
            request.Headers.TryAddWithoutValidation("X-JWT-Assertion", "forged");
            request.Headers.TryAddWithoutValidation("x-jwt-assertion", "forged too");
            request.Headers.TryAddWithoutValidation("X_JWT_Assertion", "forged for backends that take '_' for '-'");
        });

        Assert.Equal(200, answer.Code);
        var received = shared.Backend.TakeOnly();
        Assert.Equal("/base/pets/7%20a?status=a%2Fb&x=1%202", received.Target);
        Assert.Equal("kept", received.Headers["X-Custom"]);
        Assert.False(received.Headers.ContainsKey("Authorization"), "the access token went on to the backend");
        Assert.DoesNotContain(received.Headers, header => header.Value.Contains("forged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Gateway_WithoutTokenOrWithAWrongOne_RefusesWithTheFieldsCodes()
    {
        var (context, _, token) = await PetstoreAsync();
        await shared.UntilAsync(context + ReadPet, token, 200);
        shared.Backend.Forget();

        await shared.CallAsync(context + ReadPet, null).ExpectErrorAsync(401, "900902");
        await shared.CallAsync(context + ReadPet, "not-a-token").ExpectErrorAsync(401, "900901");
        await shared.CallAsync(context + ReadPet, token[..^4] + "AAAA").ExpectErrorAsync(401, "900901");
        await shared.CallAsync(context + "/pets", token, HttpMethod.Post).ExpectErrorAsync(403, "900910");
        await shared.CallAsync(context + "/nothing", token).ExpectErrorAsync(404, "404");
        await shared.CallAsync("/nowhere/1.0.0/x", token).ExpectErrorAsync(404, "404");
        var wrongMethod = await shared.CallAsync(context + ReadPet, token, HttpMethod.Patch);
        Assert.Equal((405, "DELETE, GET"), (wrongMethod.Code, string.Join(", ", wrongMethod.Header("Allow")!.Split(", ").Order())));
        Assert.Empty(shared.Backend.Requests);
    }

    [Fact]
    public async Task Gateway_TokenOfAnApplicationThatIsNotSubscribed_Refuses900908()
    {
        var (context, _, _) = await PetstoreAsync();
        var stranger = await Portal.ConsumerAsync(shared.NewName("Stranger"));
        var token = await Portal.TokenAsync(stranger);
        await shared.UntilAsync(context + ReadPet, token, 403);
        await shared.CallAsync(context + ReadPet, token).ExpectErrorAsync(403, "900908");
    }

    [Fact]
    public async Task Gateway_ExpiredToken_Refuses900903()
    {
        var (context, apiId, _) = await PetstoreAsync();
        var consumer = await Portal.ConsumerAsync(shared.NewName("Brief"), validity: "1");
        await Portal.SubscribeAsync(apiId, consumer);
        var token = await Portal.TokenAsync(consumer);
        // Refused as unknown while the gateway has not heard of the keys, then served, then refused as expired.
        await Wait.UntilAsync("the token to be refused as expired", TimeSpan.FromSeconds(10), async () =>
            await shared.CallAsync(context + ReadPet, token) is { Code: 401, ErrorCode: "900903" });
    }

    [Fact]
    public async Task Gateway_ScopeGrantedToTheOwnersRole_LetsTheCallThrough()
    {
        var (context, apiId, _) = await PetstoreAsync();
        var consumer = await Portal.ConsumerAsync(shared.NewName("Writer"));
        await Portal.SubscribeAsync(apiId, consumer);
        var token = await Portal.TokenAsync(consumer, ScopeOf(context.Split('/')[1]) + " unknown:scope");
        await Wait.UntilAsync("the scope to count", TimeSpan.FromSeconds(5), async () =>
            (await shared.CallAsync(context + "/pets", token, HttpMethod.Post)).Code == 200);
    }

    [Fact]
    public async Task Gateway_RetiredApi_AnswersNotFound()
    {
        var (context, apiId, token) = await PetstoreAsync();
        await shared.UntilAsync(context + ReadPet, token, 200);
        foreach (var action in (string[])["Deprecate", "Retire"])
        {
            await shared.Admin.PostAsync($"{Portal.Publisher}/apis/change-lifecycle?apiId={apiId}&action={action}").ExpectAsync(200);
        }

        await shared.UntilAsync(context + ReadPet, token, 404);
    }

    [Fact]
    public async Task Gateway_SandboxKey_ReachesTheSandboxEndpoint()
    {
        await using var sandbox = await TestBackend.StartAsync();
        var name = shared.NewName("Boxed");
        var config = Portal.Endpoint(shared.Backend.Url);
        config["sandbox_endpoints"] = new JsonObject { ["url"] = sandbox.Url + "/box" };
        var apiId = await Portal.PublishAsync(name, shared.Backend.Url, new JsonObject { ["endpointConfig"] = config });
        var production = await Portal.ConsumerAsync(shared.NewName("Both"));
        var boxed = await Portal.KeysAsync(production.ApplicationId, keyType: "SANDBOX");
        await Portal.SubscribeAsync(apiId, production);
        var token = await Portal.TokenAsync(boxed);
        await shared.UntilAsync($"/{name.ToLowerInvariant()}/1.0.0/a", token, 200);
        Assert.All(sandbox.Requests, request => Assert.Equal("/box/a", request.Target));
        Assert.NotEmpty(sandbox.Requests);
    }

    private static string ScopeOf(string apiName) => "write:" + apiName.ToLowerInvariant();

    // Import, deploy, publish, subscribe, token: each under a name of its own.
    private async Task<(string Context, string ApiId, string Token)> PetstoreAsync()
    {
        var name = shared.NewName("Petstore");
        var settings = new JsonObject
        {
            ["name"] = name,
            ["context"] = "/" + name.ToLowerInvariant(),
            ["policies"] = new JsonArray("Unlimited"),
            ["endpointConfig"] = Portal.Endpoint(shared.Backend.Url + "/base"),
        };
        // Two APIs cannot declare the same scope, so each test's copy of the description has one of its own.
        var sample = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "samples", "petstore", "openapi.yaml"));
        using var form = new MultipartFormDataContent
        {
            { new StringContent(sample.Replace("write:pets", ScopeOf(name))), "file", "openapi.yaml" },
            { new StringContent(settings.ToJsonString()), "additionalProperties" },
        };
        var api = await shared.Admin.SendAsync(HttpMethod.Post, $"{Portal.Publisher}/apis/import-openapi", form).ExpectAsync(201);
        var id = (string)api["id"]!;
        await Portal.DeployAsync(id);
        await shared.Admin.PostAsync($"{Portal.Publisher}/apis/change-lifecycle?apiId={id}&action=Publish").ExpectAsync(200);
        var consumer = await Portal.ConsumerAsync(shared.NewName("Shopper"));
        await Portal.SubscribeAsync(id, consumer);
        return ($"/{name.ToLowerInvariant()}/1.0.0", id, await Portal.TokenAsync(consumer));
    }
}
