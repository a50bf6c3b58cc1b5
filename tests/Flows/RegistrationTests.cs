using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>Clients for scripts: who gets which, and the story that every script of the field begins with.</summary>
public sealed class RegistrationTests(SharedNode shared)
{
    private const string Register = "/client-registration/v0.17/register";

    [Fact]
    public async Task Script_RegistersGetsATokenPublishesSubscribesAndCalls()
    {
        var client = await RegisterAsync(shared.NewName("script"));
        var token = await TokenAsync(
            client, "apim:api_view apim:api_create apim:api_publish apim:subscribe apim:app_manage apim:sub_manage apim:nothing");
        Assert.Equal(("Bearer", 3600), ((string)token["token_type"]!, (int)token["expires_in"]!));
        Assert.Equal(
            "apim:api_view apim:api_create apim:api_publish apim:subscribe apim:app_manage apim:sub_manage", (string)token["scope"]!);
        var script = new Portal(shared.Admin.As((string)token["access_token"]!), shared.Node.ManagementUrl);

        var name = shared.NewName("Scripted");
        var apiId = await script.PublishAsync(name, shared.Backend.Url);
        var found = await script.Caller.GetAsync($"{Portal.DevPortal}/apis?query=name:{name}").ExpectAsync(200);
        Assert.Equal(apiId, (string)found["list"]![0]!["id"]!);
        var consumer = await script.ConsumerAsync(shared.NewName("Scripted"));
        await script.SubscribeAsync(apiId, consumer);
        var generated = await script.Caller.PostAsync(
            $"{Portal.DevPortal}/applications/{consumer.ApplicationId}/oauth-keys/{consumer.KeyMappingId}/generate-token",
            new JsonObject { ["consumerSecret"] = consumer.ConsumerSecret, ["validityPeriod"] = 3600, ["scopes"] = new JsonArray() }).ExpectAsync(200);
        await shared.UntilAsync($"/{name.ToLowerInvariant()}/1.0.0/thing", (string)generated["accessToken"]!, 200);
        // The client's own token is for the REST APIs: it subscribes to nothing.
        await shared.CallAsync($"/{name.ToLowerInvariant()}/1.0.0/thing", (string)token["access_token"]!).ExpectErrorAsync(401, "900901");
    }

    [Fact]
    public async Task Register_SameNameAgain_GivesTheSameClientAndItsSecret()
    {
        var name = shared.NewName("again");
        var clients = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => RegisterAsync(name)));
        Assert.Single(clients.Select(client => (string)client["clientId"]!).Distinct());
        Assert.Single(clients.Select(client => (string)client["clientSecret"]!).Distinct());
        Assert.Equal((name, "admin", "true"), (
            (string)clients[0]["clientName"]!, (string)clients[0]["appOwner"]!, (string)clients[0]["isSaasApplication"]!));
        Assert.Equal("client_credentials password refresh_token", (string)JsonNode.Parse((string)clients[0]["jsonString"]!)!["grant_types"]!);
        await TokenAsync(clients[^1], "apim:api_view");
    }

    [Fact]
    public async Task Register_OwnersAndGrants_FollowTheRules()
    {
        var (name, stranger) = await UserAsync();
        var wanted = Request(shared.NewName("rules"));
        await shared.Admin.PostAsync(Register, With(wanted, "owner", " ")).ExpectErrorAsync(400, "400");
        await shared.Admin.PostAsync(Register, With(wanted, "owner", "nobody-of-that-name")).ExpectErrorAsync(403, "403");
        await shared.Admin.PostAsync(Register, With(wanted, "clientName", "")).ExpectErrorAsync(400, "400");
        await shared.Admin.PostAsync(Register, With(wanted, "unknown", "x")).ExpectErrorAsync(400, "400");
        await stranger.PostAsync(Register, With(wanted, "owner", "admin")).ExpectErrorAsync(403, "403");
        await stranger.PostAsync(Register, With(wanted, "grantType", "implicit authorization_code")).ExpectErrorAsync(403, "403");

        var own = await stranger.PostAsync(
            Register, With(With(wanted, "owner", name), "grantType", "authorization_code implicit password")).ExpectAsync(200);
        Assert.Equal("password", (string)JsonNode.Parse((string)own["jsonString"]!)!["grant_types"]!);
        var forHim = await shared.Admin.PostAsync(Register, With(wanted, "owner", name)).ExpectAsync(200);
        Assert.Equal((string)own["clientId"]!, (string)forHim["clientId"]!);
        var ours = await shared.Admin.PostAsync(
            Register, With(With(wanted, "callbackUrl", "https://script.example/back"), "grantType", "authorization_code password")).ExpectAsync(200);
        Assert.NotEqual((string)own["clientId"]!, (string)ours["clientId"]!);
        Assert.Contains("authorization_code", (string)ours["jsonString"]!);
    }

    [Fact]
    public async Task Register_WithoutAPasswordOrTheScope_IsRefused()
    {
        var client = await RegisterAsync(shared.NewName("scoped"));
        var wanted = Request(shared.NewName("scoped"));
        var without = shared.Admin.As((string)(await TokenAsync(client, "apim:api_view"))["access_token"]!);
        var with = shared.Admin.As((string)(await TokenAsync(client, "apim:dcr:app_manage"))["access_token"]!);
        await new Caller(shared.Http, shared.Node.ManagementUrl, null).PostAsync(Register, wanted.DeepClone()).ExpectErrorAsync(401, "401");
        await Caller.Basic(shared.Http, shared.Node.ManagementUrl, "nobody", "wrong").PostAsync(Register, wanted.DeepClone()).ExpectErrorAsync(401, "401");
        await without.PostAsync(Register, wanted.DeepClone()).ExpectErrorAsync(401, "401");
        await with.PostAsync(Register, wanted.DeepClone()).ExpectAsync(200);
    }

    private static JsonObject Request(string name) => new()
    {
        ["callbackUrl"] = "",
        ["clientName"] = name,
        ["owner"] = "admin",
        ["grantType"] = "client_credentials password refresh_token",
        ["saasApp"] = true,
        ["tokenType"] = "JWT",
    };

    private static JsonObject With(JsonObject request, string field, string value)
    {
        var changed = request.DeepClone().AsObject();
        changed[field] = value;
        return changed;
    }

    private Task<JsonNode> RegisterAsync(string name) => shared.Admin.PostAsync(Register, Request(name)).ExpectAsync(200);

    private async Task<JsonNode> TokenAsync(JsonNode client, string scope)
    {
        var consumer = new Consumer("", "", (string)client["clientId"]!, (string)client["clientSecret"]!);
        return await shared.Portal.TokenAnswerAsync(
            consumer, ("grant_type", "password"), ("username", "admin"), ("password", TestHome.AdminPassword), ("scope", scope)).ExpectAsync(200);
    }

    private async Task<(string Name, Caller Caller)> UserAsync()
    {
        var name = shared.NewName("registrar");
        await shared.Admin.PostAsync(
            $"{Portal.Admin}/users", new JsonObject { ["userName"] = name, ["password"] = "long-enough-1", ["roles"] = new JsonArray() }).ExpectAsync(201);
        return (name, Caller.Basic(shared.Http, shared.Node.ManagementUrl, name, "long-enough-1"));
    }
}
