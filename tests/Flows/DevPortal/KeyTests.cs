using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.DevPortal;

/// <summary>Keys: changed, removed, with several secrets, and tokens for trying out.</summary>
public sealed class KeyTests(SharedNode shared)
{
    private Portal Portal => shared.Portal;

    [Fact]
    public async Task Generate_GrantThatEndsAtACallback_NeedsOne()
    {
        var application = await ApplicationAsync();
        var request = new JsonObject { ["keyType"] = "PRODUCTION", ["grantTypesToBeSupported"] = new JsonArray("authorization_code", "client_credentials") };
        await shared.Admin.PostAsync($"{application}/generate-keys", request).ExpectErrorAsync(400, "400");
        request["callbackUrl"] = "https://client.example/back";
        var keys = await shared.Admin.PostAsync($"{application}/generate-keys", request).ExpectAsync(200);
        Assert.Equal("https://client.example/back", (string)keys["callbackUrl"]!);
        await shared.Admin.PostAsync($"{application}/generate-keys", request).ExpectErrorAsync(409, "409");
    }

    [Fact]
    public async Task Update_ExpiryTimes_AreWhatTheTokenEndpointGives()
    {
        var consumer = await Portal.ConsumerAsync(shared.NewName("Timed"));
        var path = PathOf(consumer);
        var keys = (await shared.Admin.GetAsync(path).ExpectAsync(200)).AsObject();
        Assert.Null(keys["consumerSecret"]);
        keys["additionalProperties"] = new JsonObject
        {
            ["application_access_token_expiry_time"] = 120,
            ["user_access_token_expiry_time"] = "240",
            ["refresh_token_expiry_time"] = 1,
            ["pkceMandatory"] = true,
        };
        var changed = await shared.Admin.PutAsync(path, keys).ExpectAsync(200);
        Assert.True((bool)changed["additionalProperties"]!["pkceMandatory"]!);

        var own = await Portal.TokenAnswerAsync(consumer, ("grant_type", "client_credentials")).ExpectAsync(200);
        Assert.Equal(120, (long)own["expires_in"]!);
        (string, string)[] password = [("grant_type", "password"), ("username", "admin"), ("password", TestHome.AdminPassword)];
        var users = await Portal.TokenAnswerAsync(consumer, password).ExpectAsync(200);
        Assert.Equal(240, (long)users["expires_in"]!);
        await Wait.UntilAsync("the refresh token to expire", TimeSpan.FromSeconds(5), async () =>
            (await Portal.TokenAnswerAsync(consumer, ("grant_type", "refresh_token"), ("refresh_token", (string)users["refresh_token"]!))).Code == 400);

        keys["additionalProperties"] = new JsonObject { ["life"] = 5 };
        await shared.Admin.PutAsync(path, keys).ExpectErrorAsync(400, "400");
    }

    [Fact]
    public async Task Update_GrantTakenAway_IsNotServedAnyMore()
    {
        var consumer = await Portal.ConsumerAsync(shared.NewName("Narrow"));
        await shared.Admin.PutAsync(PathOf(consumer), new JsonObject { ["supportedGrantTypes"] = new JsonArray("client_credentials") }).ExpectAsync(200);
        await Portal.TokenAnswerAsync(consumer, ("grant_type", "client_credentials")).ExpectAsync(200);
        var refused = await Portal.TokenAnswerAsync(
            consumer, ("grant_type", "password"), ("username", "admin"), ("password", TestHome.AdminPassword)).ExpectAsync(400);
        Assert.Equal("unauthorized_client", (string)refused["error"]!);
    }

    [Fact]
    public async Task Secrets_Several_EachWorksUntilItIsRevoked()
    {
        var consumer = await Portal.ConsumerAsync(shared.NewName("Rolling"));
        var path = PathOf(consumer);
        var made = await shared.Admin.PostAsync(
            path + "/generate-secret", new JsonObject { ["additionalProperties"] = new JsonObject { ["description"] = "next", ["expiresIn"] = 3600 } })
            .ExpectAsync(201);
        var second = consumer with { ConsumerSecret = (string)made["secretValue"]! };
        await Portal.TokenAsync(consumer);
        await Portal.TokenAsync(second);

        var list = (await shared.Admin.GetAsync(path + "/secrets").ExpectAsync(200))["list"]!.AsArray();
        Assert.Equal(2, list.Count);
        Assert.DoesNotContain(list, secret => secret!["secretValue"] is not null);
        Assert.Equal("next", (string)list[1]!["additionalProperties"]!["description"]!);

        Assert.Equal(204, (await shared.Admin.PostAsync(path + "/revoke-secret", new JsonObject { ["secretId"] = (string)list[0]!["secretId"]! })).Code);
        await Portal.TokenAnswerAsync(consumer, ("grant_type", "client_credentials")).ExpectAsync(401);
        await Portal.TokenAsync(second);
        await shared.Admin.PostAsync(path + "/revoke-secret", new JsonObject { ["secretId"] = (string)made["secretId"]! }).ExpectErrorAsync(400, "400");
        await shared.Admin.PostAsync(path + "/revoke-secret", new JsonObject { ["secretId"] = "sec_0000000000000000" }).ExpectErrorAsync(404, "404");

        // One new secret takes the place of all.
        var fresh = await shared.Admin.PostAsync(path + "/regenerate-secret").ExpectAsync(200);
        await Portal.TokenAnswerAsync(second, ("grant_type", "client_credentials")).ExpectAsync(401);
        await Portal.TokenAsync(consumer with { ConsumerSecret = (string)fresh["consumerSecret"]! });
    }

    [Fact]
    public async Task Secret_PastItsTime_IsRefused()
    {
        var consumer = await Portal.ConsumerAsync(shared.NewName("Brief"));
        var made = await shared.Admin.PostAsync(
            PathOf(consumer) + "/generate-secret", new JsonObject { ["additionalProperties"] = new JsonObject { ["expiresIn"] = 1 } }).ExpectAsync(201);
        var brief = consumer with { ConsumerSecret = (string)made["secretValue"]! };
        await Wait.UntilAsync("the secret to expire", TimeSpan.FromSeconds(5), async () =>
            (await Portal.TokenAnswerAsync(brief, ("grant_type", "client_credentials"))).Code == 401);
        await Portal.TokenAsync(consumer);
    }

    [Fact]
    public async Task GenerateToken_ForTryingOut_IsATokenOfTheGatewayAndEndsTheOldOne()
    {
        var name = shared.NewName("Tried");
        var api = await Portal.PublishAsync(name, shared.Backend.Url);
        var consumer = await Portal.ConsumerAsync(shared.NewName("Tester"));
        await Portal.SubscribeAsync(api, consumer);
        var path = $"/{name.ToLowerInvariant()}/1.0.0/a";
        var request = new JsonObject { ["consumerSecret"] = consumer.ConsumerSecret, ["validityPeriod"] = 77, ["scopes"] = new JsonArray("openid") };
        var first = await shared.Admin.PostAsync(PathOf(consumer) + "/generate-token", request).ExpectAsync(200);
        Assert.Equal(77, (long)first["validityTime"]!);
        Assert.Equal(["openid"], first["tokenScopes"]!.AsArray().Select(scope => (string)scope!));
        await shared.UntilAsync(path, (string)first["accessToken"]!, 200);

        request["revokeToken"] = (string)first["accessToken"]!;
        var second = await shared.Admin.PostAsync(PathOf(consumer) + "/generate-token", request).ExpectAsync(200);
        await shared.UntilAsync(path, (string)second["accessToken"]!, 200);
        await shared.UntilAsync(path, (string)first["accessToken"]!, 401);

        request["consumerSecret"] = "wrong";
        await shared.Admin.PostAsync(PathOf(consumer) + "/generate-token", request).ExpectErrorAsync(400, "400");
        request.Remove("consumerSecret");
        await shared.Admin.PostAsync(PathOf(consumer) + "/generate-token", request).ExpectErrorAsync(400, "400");
    }

    [Fact]
    public async Task OlderPaths_ByKeyType_DoTheSame()
    {
        var consumer = await Portal.ConsumerAsync(shared.NewName("Older"));
        var application = $"{Portal.DevPortal}/applications/{consumer.ApplicationId}";
        Assert.Equal(1, (int)(await shared.Admin.GetAsync(application + "/keys").ExpectAsync(200))["count"]!);
        var keys = await shared.Admin.GetAsync(application + "/keys/PRODUCTION").ExpectAsync(200);
        Assert.Equal(consumer.ConsumerKey, (string)keys["consumerKey"]!);
        await shared.Admin.GetAsync(application + "/keys/SANDBOX").ExpectErrorAsync(404, "404");
        await shared.Admin.PutAsync(application + "/keys/PRODUCTION", keys).ExpectAsync(200);
        await shared.Admin.PostAsync(
            application + "/keys/PRODUCTION/generate-token", new JsonObject { ["consumerSecret"] = consumer.ConsumerSecret }).ExpectAsync(200);
        await shared.Admin.PostAsync(application + "/keys/PRODUCTION/regenerate-secret").ExpectAsync(200);
        await Portal.TokenAnswerAsync(consumer, ("grant_type", "client_credentials")).ExpectAsync(401);
        await shared.Admin.PostAsync(application + "/keys/PRODUCTION/clean-up").ExpectAsync(200);
        await shared.Admin.GetAsync(application + "/keys/PRODUCTION").ExpectErrorAsync(404, "404");
    }

    [Fact]
    public async Task Remove_Keys_EndsTheirTokensAndMakesRoomForNewOnes()
    {
        var name = shared.NewName("Kept");
        var api = await Portal.PublishAsync(name, shared.Backend.Url);
        var consumer = await Portal.ConsumerAsync(shared.NewName("Leaver"));
        await Portal.SubscribeAsync(api, consumer);
        var token = await Portal.TokenAsync(consumer);
        var path = $"/{name.ToLowerInvariant()}/1.0.0/a";
        await shared.UntilAsync(path, token, 200);
        await shared.Admin.DeleteAsync(PathOf(consumer)).ExpectAsync(200);
        await shared.UntilAsync(path, token, 401, TimeSpan.FromSeconds(2));
        await Portal.TokenAnswerAsync(consumer, ("grant_type", "client_credentials")).ExpectAsync(401);

        var again = await Portal.KeysAsync(consumer.ApplicationId);
        await shared.UntilAsync(path, await Portal.TokenAsync(again), 200);
        await shared.CallAsync(path, token).ExpectErrorAsync(401, "900901");
    }

    [Fact]
    public async Task Map_ClientOfAnApplication_IsRefusedAndOneThatIsNotProvedDoesNotShow()
    {
        var consumer = await Portal.ConsumerAsync(shared.NewName("Taken"));
        var application = await ApplicationAsync();
        var request = new JsonObject
        {
            ["keyType"] = "PRODUCTION",
            ["consumerKey"] = consumer.ConsumerKey,
            ["consumerSecret"] = consumer.ConsumerSecret,
        };
        await shared.Admin.PostAsync($"{application}/map-keys", request).ExpectErrorAsync(409, "409");
        request["consumerSecret"] = "wrong";
        var wrong = await shared.Admin.PostAsync($"{application}/map-keys", request).ExpectErrorAsync(400, "400");
        request["consumerKey"] = "unknown";
        Assert.Equal(wrong, await shared.Admin.PostAsync($"{application}/map-keys", request).ExpectErrorAsync(400, "400"));
    }

    [Fact]
    public async Task Map_RegisteredClient_CallsForTheApplicationUntilTheMappingIsRemoved()
    {
        var registered = await shared.Admin.PostAsync(
            "/client-registration/v0.17/register",
            new JsonObject { ["clientName"] = shared.NewName("script"), ["owner"] = "admin", ["grantType"] = "client_credentials" }).ExpectAsync(200);
        var name = shared.NewName("Mapped");
        var api = await Portal.PublishAsync(name, shared.Backend.Url);
        var application = await ApplicationAsync();
        var request = new JsonObject
        {
            ["keyType"] = "PRODUCTION",
            ["consumerKey"] = (string)registered["clientId"]!,
            ["consumerSecret"] = (string)registered["clientSecret"]!,
        };
        var mapped = await shared.Admin.PostAsync($"{application}/map-keys", request).ExpectAsync(200);
        Assert.Equal("MAPPED", (string)mapped["mode"]!);
        await shared.Admin.PostAsync($"{application}/map-keys", request).ExpectErrorAsync(409, "409");

        var consumer = new Consumer(
            application.Split('/')[^1], (string)mapped["keyMappingId"]!, (string)registered["clientId"]!, (string)registered["clientSecret"]!);
        await Portal.SubscribeAsync(api, consumer);
        var token = await Portal.TokenAsync(consumer);
        await shared.UntilAsync($"/{name.ToLowerInvariant()}/1.0.0/a", token, 200);
        await shared.Admin.PostAsync(PathOf(consumer) + "/regenerate-secret").ExpectErrorAsync(403, "403");

        await shared.Admin.DeleteAsync(PathOf(consumer)).ExpectAsync(200);
        await shared.UntilAsync($"/{name.ToLowerInvariant()}/1.0.0/a", token, 401);
        // The registration is what it was.
        await Portal.TokenAsync(consumer);
    }

    private async Task<string> ApplicationAsync() => $"{Portal.DevPortal}/applications/" + (string)(await shared.Admin.PostAsync(
        $"{Portal.DevPortal}/applications", new JsonObject { ["name"] = shared.NewName("Keyed"), ["throttlingPolicy"] = "Unlimited" })
        .ExpectAsync(201))["applicationId"]!;

    private static string PathOf(Consumer consumer) => $"{Portal.DevPortal}/applications/{consumer.ApplicationId}/oauth-keys/{consumer.KeyMappingId}";
}
