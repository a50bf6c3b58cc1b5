using System.Text;
using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>Scopes that several APIs share: their life, and what they do to calls.</summary>
public sealed class SharedScopeTests(SharedNode shared)
{
    private const string Scopes = Portal.Publisher + "/scopes";

    [Fact]
    public async Task SharedScope_OfTwoApis_IsGrantedByItsRolesAndAskedForByBoth()
    {
        var name = shared.NewName("read:shared");
        var scope = await shared.Admin.PostAsync(Scopes, Scope(name, "admin")).ExpectAsync(201);
        List<string> paths = [];
        var consumer = await shared.Portal.ConsumerAsync(shared.NewName("Holder"));
        foreach (var stem in (string[])["First", "Second"])
        {
            var api = shared.NewName(stem);
            var id = await shared.Portal.PublishAsync(api, shared.Backend.Url, Declaring(name));
            await shared.Portal.SubscribeAsync(id, consumer);
            paths.Add($"/{api.ToLowerInvariant()}/1.0.0/x");
        }

        var with = await shared.Portal.TokenAsync(consumer, name);
        var without = await shared.Portal.TokenAsync(consumer);
        foreach (var path in paths)
        {
            await shared.UntilAsync(path, with, 200);
            await shared.CallAsync(path, without).ExpectErrorAsync(403, "900910");
        }

        var usage = await shared.Admin.GetAsync($"{Scopes}/{(string)scope["id"]!}/usage").ExpectAsync(200);
        Assert.Equal(2, usage["usedApiList"]!.AsArray().Count);
        Assert.Equal("/x", (string)usage["usedApiList"]![0]!["usedResourceList"]![0]!["target"]!);
        await shared.Admin.DeleteAsync($"{Scopes}/{(string)scope["id"]!}").ExpectErrorAsync(409, "900984");

        // Bound to a role that the owner lacks, the scope is granted no more: bindings stand in one place.
        scope["bindings"] = new JsonArray(await shared.NewRoleAsync("nobodys"));
        await shared.Admin.PutAsync($"{Scopes}/{(string)scope["id"]!}", scope).ExpectAsync(200);
        await shared.CallAsync(paths[0], await shared.Portal.TokenAsync(consumer, name)).ExpectErrorAsync(403, "900910");
    }

    [Fact]
    public async Task SharedScope_Life_KeepsToItsRules()
    {
        var name = shared.NewName("life:shared");
        var scope = await shared.Admin.PostAsync(Scopes, Scope(name)).ExpectAsync(201);
        var path = $"{Scopes}/{(string)scope["id"]!}";
        await shared.Admin.PostAsync(Scopes, Scope(name)).ExpectErrorAsync(409, "900981");
        await shared.Admin.PostAsync(Scopes, Scope("apim:mine")).ExpectErrorAsync(400, "900982");
        await shared.Admin.PostAsync(Scopes, Scope("with space")).ExpectErrorAsync(400, "900982");
        await shared.Admin.PostAsync(Scopes, Scope(shared.NewName("x"), "no-such-role")).ExpectErrorAsync(400, "900981");
        Assert.Equal(200, await HeadAsync(name));
        Assert.Equal(404, await HeadAsync(name + "x"));

        var tag = (await shared.Admin.GetAsync(path)).Header("ETag");
        scope["description"] = "changed";
        await shared.Admin.PutAsync(path, scope, tag).ExpectAsync(200);
        await shared.Admin.PutAsync(path, scope, tag).ExpectErrorAsync(412, "412");
        scope["name"] = name + "other";
        await shared.Admin.PutAsync(path, scope).ExpectErrorAsync(400, "900982");
        Assert.Contains(name, (await shared.Admin.GetAsync(Scopes + "?limit=1000")).Body, StringComparison.Ordinal);

        await shared.Admin.DeleteAsync(path).ExpectAsync(200);
        await shared.Admin.GetAsync(path).ExpectErrorAsync(404, "404");
        await shared.Portal.CreateApiRefusedAsync(shared.NewName("Gone"), Declaring(name), "900982");
    }

    [Fact]
    public async Task SharedScope_NameOfAnApisOwnScope_IsTaken()
    {
        var local = shared.NewName("own:scope");
        await shared.Portal.CreateApiAsync(shared.NewName("Owner"), shared.Backend.Url, Declaring(local, isShared: false));
        await shared.Admin.PostAsync(Scopes, Scope(local)).ExpectErrorAsync(409, "900988");

        var common = shared.NewName("common:scope");
        await shared.Admin.PostAsync(Scopes, Scope(common)).ExpectAsync(201);
        await shared.Portal.CreateApiRefusedAsync(shared.NewName("Thief"), Declaring(common, isShared: false), "900988");
    }

    private async Task<int> HeadAsync(string name) =>
        (await shared.Admin.SendAsync(HttpMethod.Head, $"{Scopes}/{Convert.ToBase64String(Encoding.UTF8.GetBytes(name)).TrimEnd('=')}")).Code;

    private static JsonObject Scope(string name, params string[] roles) => new()
    {
        ["name"] = name,
        ["displayName"] = name,
        ["description"] = "of several APIs",
        ["bindings"] = new JsonArray([.. roles.Select(role => (JsonNode)role)]),
    };

    private static JsonObject Declaring(string scope, bool isShared = true) => new()
    {
        ["scopes"] = new JsonArray(new JsonObject { ["scope"] = new JsonObject { ["name"] = scope }, ["shared"] = isShared }),
        ["operations"] = new JsonArray(new JsonObject { ["target"] = "/x", ["verb"] = "GET", ["scopes"] = new JsonArray(scope) }),
    };
}
