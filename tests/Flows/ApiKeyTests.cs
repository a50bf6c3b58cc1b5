using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>API keys from the developer portal to the gateway's check of them.</summary>
[Collection(nameof(Alone))]
public sealed class ApiKeyTests(SharedNode shared)
{
    private static readonly TimeSpan RevocationLimit = TimeSpan.FromMilliseconds(100);

    private Portal Portal => shared.Portal;

    [Fact]
    public async Task NamedKey_GeneratedListedRegeneratedRevoked_IsServedWhileItStands()
    {
        var (_, path, consumer) = await PublishAsync();
        var keys = KeysOf(consumer);
        var fresh = await shared.Admin.PostAsync($"{keys}/generate", new JsonObject { ["keyName"] = "Mine", ["validityPeriod"] = 3600 }).ExpectAsync(200);
        var first = (string)fresh["apikey"]!;
        Assert.Equal(("Mine", 3600L), ((string)fresh["keyName"]!, (long)fresh["validityPeriod"]!));
        await UntilAsync(path, first, 200);
        await shared.Admin.PostAsync($"{keys}/generate", new JsonObject { ["keyName"] = "mine" }).ExpectErrorAsync(409, "409");

        var list = await shared.Admin.GetAsync(keys).ExpectAsync(200);
        var listed = Assert.Single(list["list"]!.AsArray())!;
        Assert.Equal((1, "Mine", 3600L), ((int)list["count"]!, (string)listed["keyName"]!, (long)listed["validityPeriod"]!));
        Assert.DoesNotContain(first, list.ToJsonString());

        var id = new JsonObject { ["keyUUID"] = (string)listed["keyUUID"]! };
        var second = (string)(await shared.Admin.PostAsync($"{keys}/regenerate", id.DeepClone()).ExpectAsync(200))["apikey"]!;
        await UntilAsync(path, second, 200);
        await CallAsync(path, first).ExpectErrorAsync(401, "900901");

        await shared.Admin.PostAsync($"{keys}/revoke", id.DeepClone()).ExpectAsync(200);
        await UntilAsync(path, second, 401);
        await shared.Admin.PostAsync($"{keys}/revoke", id.DeepClone()).ExpectErrorAsync(404, "404");
        Assert.Empty((await shared.Admin.GetAsync(keys).ExpectAsync(200))["list"]!.AsArray());
    }

    [Fact]
    public async Task UnnamedKey_IsASelfContainedJwt_RevokedByItsText()
    {
        var (_, path, consumer) = await PublishAsync();
        var keys = KeysOf(consumer);
        var key = (string)(await shared.Admin.PostAsync($"{keys}/generate", new JsonObject { ["validityPeriod"] = -1 }).ExpectAsync(200))["apikey"]!;
        Assert.Equal(3, key.Split('.').Length);
        await UntilAsync(path, key, 200);
        await shared.CallAsync(path, key).ExpectErrorAsync(401, "900901");
        await CallAsync(path, await Portal.TokenAsync(consumer)).ExpectErrorAsync(401, "900901");
        await shared.Admin.As(key).GetAsync(Portal.Publisher + "/apis").ExpectErrorAsync(401, "401");

        await shared.Admin.PostAsync($"{keys}/revoke", new JsonObject { ["apikey"] = key }).ExpectAsync(200);

        await UntilAsync(path, key, 401);
    }

    [Theory]
    [InlineData("opaque")]
    [InlineData(null)]
    public async Task Revoke_Acknowledged_RefusedWithin100Milliseconds(string? name)
    {
        var (_, path, consumer) = await PublishAsync();
        await Rounds.MeasureAsync(RevocationLimit, async () =>
        {
            var key = (string)(await shared.Admin.PostAsync(
                $"{KeysOf(consumer)}/generate", new JsonObject { ["keyName"] = name }).ExpectAsync(200))["apikey"]!;
            await UntilAsync(path, key, 200);
            await shared.Admin.PostAsync($"{KeysOf(consumer)}/revoke", new JsonObject { ["apikey"] = key }).ExpectAsync(200);
            return await UntilAsync(path, key, 401);
        });
    }

    [Fact]
    public async Task Key_Used_ShowsItInTheListAMomentLater()
    {
        var (_, path, consumer) = await PublishAsync();
        var self = (string)(await shared.Admin.PostAsync($"{KeysOf(consumer)}/generate").ExpectAsync(200))["apikey"]!;
        await UntilAsync(path, await GenerateAsync(consumer), 200);
        await UntilAsync(path, self, 200);
        await GenerateAsync(consumer);
        await Wait.UntilAsync("two of the three keys to show their use", TimeSpan.FromSeconds(30), async () =>
            (await shared.Admin.GetAsync(KeysOf(consumer)).ExpectAsync(200))["list"]!.AsArray().Count(key => key!["lastUsed"] is not null) == 2);
    }

    [Fact]
    public async Task Key_InHeaderOrQuery_DoesNotReachTheBackend()
    {
        var (_, path, consumer) = await PublishAsync(new JsonObject { ["apiKeyHeader"] = "X-Shop-Key" });
        var key = await GenerateAsync(consumer);
        await UntilAsync(path, key, 200, "X-Shop-Key");
        shared.Backend.Forget();

        await shared.CallAsync($"{path}?a=%2f&b", null, null, request => request.Headers.Add("X-Shop-Key", key)).ExpectAsync(200);
        var byHeader = shared.Backend.TakeOnly();
        await shared.CallAsync($"{path}?a=%2f&apikey={key}&b&&c=+", null).ExpectAsync(200);
        var byQuery = shared.Backend.TakeOnly();
        await shared.CallAsync($"{path}?apikey={key}", await Portal.TokenAsync(consumer)).ExpectAsync(200);
        var byToken = shared.Backend.TakeOnly();

        Assert.Equal("/thing?a=%2f&b", byHeader.Target);
        Assert.False(byHeader.Headers.ContainsKey("X-Shop-Key"));
        Assert.Equal("/thing?a=%2f&b&&c=+", byQuery.Target);
        Assert.Equal("/thing", byToken.Target);
        Assert.DoesNotContain(key, string.Join('\n', byHeader.Headers.Values.Concat(byQuery.Headers.Values)));
    }

    [Fact]
    public async Task Call_WithoutOrWithWrongCredentials_SaysWhatTheApiTakes()
    {
        var (_, path, consumer) = await PublishAsync();
        await UntilAsync(path, await GenerateAsync(consumer), 200);

        var missing = await shared.CallAsync(path, null);
        Assert.Contains("'ApiKey : API_KEY'", missing.Json["description"]!.ToString());
        Assert.Equal("Bearer realm=\"Tollgate\", API Key realm=\"Tollgate\"", missing.Header("WWW-Authenticate"));
        var wrong = await CallAsync(path, "nonsense");
        Assert.Equal((401, "900901", "API Key realm=\"Tollgate\""), (wrong.Code, wrong.ErrorCode, wrong.Header("WWW-Authenticate")));
    }

    [Fact]
    public async Task Key_OfCertainAddressesAndPages_IsRefusedElsewhere()
    {
        var (_, path, consumer) = await PublishAsync();
        var here = await GenerateAsync(consumer, new JsonObject { ["permittedIP"] = "127.0.0.0/8, ::1" });
        var elsewhere = await GenerateAsync(consumer, new JsonObject { ["permittedIP"] = "192.0.2.0/24" });
        var page = await GenerateAsync(consumer, new JsonObject { ["permittedReferer"] = "https://shop.example/*" });
        await UntilAsync(path, here, 200);
        await UntilAsync(path, page, 403);
        await CallAsync(path, elsewhere).ExpectErrorAsync(403, "900908");
        // Said by the caller, so it counts for nothing.
        await shared.CallAsync(path, null, null, request =>
        {
            request.Headers.Add("ApiKey", elsewhere);
            request.Headers.Add("X-Forwarded-For", "192.0.2.7");
        }).ExpectErrorAsync(403, "900908");
        await shared.CallAsync(path, null, null, request =>
        {
            request.Headers.Add("ApiKey", page);
            request.Headers.Add("Referer", "https://shop.example/cart");
        }).ExpectAsync(200);
        await shared.Admin.PostAsync($"{KeysOf(consumer)}/generate", new JsonObject
        {
            ["keyName"] = "bad",
            ["additionalProperties"] = new JsonObject { ["permittedIP"] = "everywhere" },
        }).ExpectErrorAsync(400, "400");
    }

    [Fact]
    public async Task KeyOfAnApi_LentAndTakenBack_CallsThatApiMeanwhile()
    {
        var (apiId, path, consumer) = await PublishAsync();
        var (otherId, otherPath, _) = await PublishAsync();
        await Portal.SubscribeAsync(otherId, consumer);
        var ofApi = $"{Portal.DevPortal}/apis/{apiId}/api-keys";
        var key = (string)(await shared.Admin.PostAsync(
            $"{ofApi}/generate", new JsonObject { ["keyName"] = "Lent", ["keyType"] = "PRODUCTION" }).ExpectAsync(200))["apikey"]!;
        await UntilAsync(path, key, 403);
        var lendable = Assert.Single((await shared.Admin.GetAsync(KeysOf(consumer) + "/subscriptions").ExpectAsync(200))["list"]!.AsArray())!;
        Assert.Equal(apiId, (string)lendable["apiUUID"]!);
        var id = (string)lendable["keyUUID"]!;

        var lending = await shared.Admin.PostAsync(
            $"{KeysOf(consumer)}/associate", new JsonObject { ["keyUUID"] = id, ["apiUUID"] = apiId }).ExpectAsync(200);

        Assert.Equal("Lent", (string)lending["keyName"]!);
        await UntilAsync(path, key, 200);
        await CallAsync(otherPath, key).ExpectErrorAsync(403, "900908");
        Assert.Equal(id, (string)(await shared.Admin.GetAsync(KeysOf(consumer) + "/associations").ExpectAsync(200))["list"]![0]!["keyUUID"]!);
        Assert.NotNull((await shared.Admin.GetAsync(ofApi).ExpectAsync(200))["list"]![0]!["associatedApp"]);
        await shared.Admin.PostAsync(
            $"{ofApi}/associate", new JsonObject { ["keyUUID"] = id, ["applicationUUID"] = consumer.ApplicationId }).ExpectErrorAsync(409, "409");
        await shared.Admin.PostAsync($"{ofApi}/dissociate", new JsonObject { ["keyUUID"] = id }).ExpectAsync(200);
        await UntilAsync(path, key, 403);
    }

    [Fact]
    public async Task Administrator_ListsAndRevokesAnyKey_AndDeletedApplicationsEndTheirs()
    {
        var (_, path, consumer) = await PublishAsync();
        var name = shared.NewName("Listed");
        var key = (string)(await shared.Admin.PostAsync($"{KeysOf(consumer)}/generate", new JsonObject { ["keyName"] = name }).ExpectAsync(200))["apikey"]!;
        var other = await GenerateAsync(consumer);
        var self = (string)(await shared.Admin.PostAsync($"{KeysOf(consumer)}/generate").ExpectAsync(200))["apikey"]!;
        await UntilAsync(path, key, 200);
        await UntilAsync(path, self, 200);
        var list = (await shared.Admin.GetAsync($"{Portal.Admin}/api-keys").ExpectAsync(200))["list"]!.AsArray();
        var listed = Assert.Single(list, line => (string?)line!["keyName"] == name)!;
        Assert.Equal(("PRODUCTION", "admin"), ((string)listed["keyType"]!, (string)listed["user"]!));

        await shared.Admin.PostAsync($"{Portal.Admin}/api-keys/revoke", new JsonObject { ["keyUUID"] = (string)listed["keyUUID"]! }).ExpectAsync(200);
        await UntilAsync(path, key, 401);
        await UntilAsync(path, other, 200);

        await shared.Admin.DeleteAsync($"{Portal.DevPortal}/applications/{consumer.ApplicationId}").ExpectAsync(200);
        await UntilAsync(path, other, 401);
        await CallAsync(path, self).ExpectErrorAsync(401, "900901");
    }

    [Fact]
    public async Task Keys_OfAForeignApplication_ReadAsNotThere()
    {
        var (_, _, consumer) = await PublishAsync();
        var name = shared.NewName("stranger");
        await shared.Admin.PostAsync($"{Portal.Admin}/users", new JsonObject
        {
            ["userName"] = name,
            ["password"] = "long-enough-1",
            ["roles"] = new JsonArray("Internal/subscriber"),
        }).ExpectAsync(201);
        var stranger = Caller.Basic(shared.Http, shared.Node.ManagementUrl, name, "long-enough-1");
        await stranger.GetAsync(KeysOf(consumer)).ExpectErrorAsync(404, "900307");
        await stranger.PostAsync($"{KeysOf(consumer)}/generate", new JsonObject { ["keyName"] = "x" }).ExpectErrorAsync(404, "900307");
    }

    private async Task<(string ApiId, string Path, Consumer Consumer)> PublishAsync(JsonObject? more = null)
    {
        var name = shared.NewName("Keyed");
        more ??= [];
        more["securityScheme"] = new JsonArray("oauth2", "api_key", "oauth_basic_auth_api_key_mandatory");
        var apiId = await Portal.PublishAsync(name, shared.Backend.Url, more);
        var consumer = await Portal.ConsumerAsync(shared.NewName("KeyHolder"));
        await Portal.SubscribeAsync(apiId, consumer);
        return (apiId, $"/{name.ToLowerInvariant()}/1.0.0/thing", consumer);
    }

    private static string KeysOf(Consumer consumer) => $"{Portal.DevPortal}/applications/{consumer.ApplicationId}/api-keys/PRODUCTION";

    private async Task<string> GenerateAsync(Consumer consumer, JsonObject? properties = null) => (string)(await shared.Admin.PostAsync(
        $"{KeysOf(consumer)}/generate",
        new JsonObject { ["keyName"] = shared.NewName("key"), ["additionalProperties"] = properties ?? [] }).ExpectAsync(200))["apikey"]!;

    private Task<Answer> CallAsync(string path, string key, string header = "ApiKey") =>
        shared.CallAsync(path, null, null, request => request.Headers.TryAddWithoutValidation(header, key));

    private Task<TimeSpan> UntilAsync(string path, string key, int status, string header = "ApiKey") => Wait.UntilAsync(
        $"GET {path} to answer {status}", TimeSpan.FromSeconds(5), async () => (await CallAsync(path, key, header)).Code == status);
}
