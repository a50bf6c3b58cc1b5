using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Admin;

/// <summary>Key managers beside the resident one.</summary>
public sealed class KeyManagerTests(SharedNode shared)
{
    private const string KeyManagers = $"{Portal.Admin}/key-managers";
    private const string Secret = "do-not-show-me-2231";

    private Caller Admin => shared.Admin;

    [Fact]
    public async Task KeyManager_CreatedReadAndChanged_NeverShowsItsSecret()
    {
        var name = shared.NewName("Cloak");
        var created = await Admin.PostAsync(KeyManagers, New(name)).ExpectAsync(201);
        var id = (string)created["id"]!;
        Assert.DoesNotContain(Secret, created.ToJsonString());
        Assert.Equal("me", (string)created["additionalProperties"]!["client_id"]!);
        var masked = (string)created["additionalProperties"]!["client_secret"]!;
        Assert.Equal("********", masked);
        Assert.Equal(("azp", "scope"), ((string)created["consumerKeyClaim"]!, (string)created["scopesClaim"]!));

        var change = New(name);
        change["description"] = "changed";
        change["additionalProperties"]!["client_secret"] = masked;
        var changed = await Admin.PutAsync($"{KeyManagers}/{id}", change).ExpectAsync(200);
        Assert.Equal("changed", (string)changed["description"]!);
        Assert.DoesNotContain(Secret, (await Admin.GetAsync($"{KeyManagers}/{id}").ExpectAsync(200)).ToJsonString());
        var list = (await Admin.GetAsync(KeyManagers).ExpectAsync(200))["list"]!.AsArray();
        Assert.Contains(list, entry => (string)entry!["name"]! == "Resident Key Manager");
        Assert.Contains(list, entry => (string)entry!["id"]! == id);

        await Admin.DeleteAsync($"{KeyManagers}/{id}").ExpectAsync(200);
        await Admin.GetAsync($"{KeyManagers}/{id}").ExpectErrorAsync(404, "404");
    }

    [Fact]
    public async Task KeyManager_AgainstTheRules_IsRefused()
    {
        var name = shared.NewName("Cloak");
        var id = (string)(await Admin.PostAsync(KeyManagers, New(name)).ExpectAsync(201))["id"]!;
        await Admin.PostAsync(KeyManagers, New(name.ToUpperInvariant())).ExpectErrorAsync(409, "409");
        await Admin.PostAsync(KeyManagers, New("Resident Key Manager")).ExpectErrorAsync(409, "409");
        await ExpectRefusedAsync("type", "Planet");
        await ExpectRefusedAsync("issuer", "");
        await ExpectRefusedAsync("tokenEndpoint", "ftp://example.com");
        await ExpectRefusedAsync("additionalProperties", new JsonObject { ["client_id"] = "me" });
        await ExpectRefusedAsync("additionalProperties", new JsonObject { ["client_id"] = "me", ["client_secret"] = "********" });
        await ExpectRefusedAsync("certificates", new JsonObject { ["type"] = "PEM", ["value"] = "nothing" });
        await ExpectRefusedAsync("tokenValidation", new JsonArray(new JsonObject { ["type"] = "CUSTOM", ["value"] = "(" }));

        var other = New(name);
        other["type"] = "Okta";
        await Admin.PutAsync($"{KeyManagers}/{id}", other).ExpectErrorAsync(400, "400");
        await Admin.PutAsync($"{KeyManagers}/resident", New("Resident Key Manager")).ExpectErrorAsync(400, "400");
        await Admin.DeleteAsync($"{KeyManagers}/resident").ExpectErrorAsync(400, "400");
        await Admin.DeleteAsync($"{KeyManagers}/{id}").ExpectAsync(200);

        async Task ExpectRefusedAsync(string field, JsonNode value)
        {
            var wanted = New(shared.NewName("Cloak"));
            wanted[field] = value;
            await Admin.PostAsync(KeyManagers, wanted).ExpectErrorAsync(400, "400");
        }
    }

    [Fact]
    public async Task Discover_OfAnAddressInside_IsRefused()
    {
        var said = await Admin.SendAsync(
            HttpMethod.Post, $"{KeyManagers}/discover",
            new MultipartFormDataContent { { new StringContent(shared.Backend.Url), "url" }, { new StringContent("Custom"), "type" } })
            .ExpectErrorAsync(400, "400");
        Assert.Contains("public internet", said);
    }

    private static JsonObject New(string name) => new()
    {
        ["name"] = name,
        ["type"] = "KeyCloak",
        ["issuer"] = "https://keys.example.com/realms/main",
        ["tokenEndpoint"] = "https://keys.example.com/realms/main/token",
        ["certificates"] = new JsonObject { ["type"] = "JWKS", ["value"] = "https://keys.example.com/realms/main/certs" },
        ["enableOAuthAppCreation"] = true,
        ["additionalProperties"] = new JsonObject { ["client_id"] = "me", ["client_secret"] = Secret },
    };
}
