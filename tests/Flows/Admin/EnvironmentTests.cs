using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Admin;

/// <summary>Gateway environments that administrators make, and what they are used for.</summary>
public sealed class EnvironmentTests(SharedNode shared)
{
    private const string Environments = $"{Portal.Admin}/environments";

    private Caller Admin => shared.Admin;

    [Fact]
    public async Task Environment_MadeByAnAdministrator_CanBeDeployedToUntilItIsDeleted()
    {
        var name = shared.NewName("Region");
        var created = await Admin.PostAsync(Environments, New(name, "eu.example.com", "us.example.com")).ExpectAsync(201);
        var id = (string)created["id"]!;
        Assert.False((bool)created["isReadOnly"]!);
        Assert.Equal(["eu.example.com", "us.example.com"], created["vhosts"]!.AsArray().Select(host => (string)host!["host"]!));
        var settings = await Admin.GetAsync($"{Portal.Publisher}/settings").ExpectAsync(200);
        Assert.Contains(settings["environment"]!.AsArray(), entry => (string)entry!["name"]! == name);

        var (api, revision) = await RevisionAsync();
        var deploy = $"{Portal.Publisher}/apis/{api}/deploy-revision?revisionId={revision}";
        await Admin.PostAsync(deploy, Place(name, "elsewhere.example.com")).ExpectErrorAsync(400, "900504");
        await Admin.PostAsync(deploy, Place(name, "us.example.com")).ExpectAsync(201);
        await Admin.PostAsync($"{Portal.Publisher}/apis/change-lifecycle?apiId={api}&action=Publish").ExpectAsync(200);
        var urls = (await Admin.GetAsync($"{Portal.DevPortal}/apis/{api}").ExpectAsync(200))["endpointURLs"]!.AsArray();
        Assert.StartsWith("https://us.example.com:8443/edge/", (string)Assert.Single(urls)!["URLs"]!["https"]!);

        await Admin.DeleteAsync($"{Environments}/{id}").ExpectErrorAsync(409, "409");
        await Admin.PutAsync($"{Environments}/{id}", New(name, "eu.example.com")).ExpectErrorAsync(400, "900504");
        await Admin.PostAsync($"{Portal.Publisher}/apis/{api}/undeploy-revision?revisionId={revision}&allEnvironments=true").ExpectAsync(201);
        await Admin.PutAsync($"{Environments}/{id}", New(name, "eu.example.com")).ExpectAsync(200);
        await Admin.DeleteAsync($"{Environments}/{id}").ExpectAsync(200);
        await Admin.GetAsync($"{Environments}/{id}").ExpectErrorAsync(404, "404");
        await Admin.PostAsync(deploy, Place(name, "eu.example.com")).ExpectErrorAsync(400, "900504");
    }

    [Fact]
    public async Task DefaultEnvironment_OfTheConfiguration_IsShownAndStays()
    {
        var list = await Admin.GetAsync(Environments).ExpectAsync(200);
        var standard = list["list"]!.AsArray().Single(entry => (string)entry!["name"]! == "Default")!;
        Assert.True((bool)standard["isReadOnly"]!);
        var id = (string)standard["id"]!;
        await Admin.GetAsync($"{Environments}/{id}").ExpectAsync(200);
        await Admin.PutAsync($"{Environments}/{id}", New("Default", "h.example.com")).ExpectErrorAsync(400, "400");
        await Admin.DeleteAsync($"{Environments}/{id}").ExpectErrorAsync(400, "400");
        await Admin.PostAsync(Environments, New("default", "h.example.com")).ExpectErrorAsync(400, "900504");
    }

    [Fact]
    public async Task Create_AgainstTheRules_IsRefused()
    {
        var name = shared.NewName("Wrong");
        await Admin.PostAsync(Environments, New(name)).ExpectErrorAsync(400, "900504");
        await Admin.PostAsync(Environments, New(name, "a.example.com", "A.example.com")).ExpectErrorAsync(400, "900504");
        await Admin.PostAsync(Environments, New(name, "no host")).ExpectErrorAsync(400, "900504");
        await Admin.PostAsync(Environments, New("no name", "a.example.com")).ExpectErrorAsync(400, "400");
        var kind = New(name, "a.example.com");
        kind["type"] = "planetary";
        await Admin.PostAsync(Environments, kind).ExpectErrorAsync(400, "400");

        var id = (string)(await Admin.PostAsync(Environments, New(name, "a.example.com")).ExpectAsync(201))["id"]!;
        await Admin.PostAsync(Environments, New(name.ToUpperInvariant(), "a.example.com")).ExpectErrorAsync(400, "900504");
        await Admin.PutAsync($"{Environments}/{id}", New(name, "b.example.com"), "\"7\"").ExpectErrorAsync(412, "412");
        await Admin.PutAsync($"{Environments}/{id}", New(name + "x", "b.example.com")).ExpectErrorAsync(400, "400");
        await Admin.DeleteAsync($"{Environments}/{id}").ExpectAsync(200);
    }

    [Fact]
    public async Task Category_UsedByAnApi_IsCountedAndStaysWhileItIsUsed()
    {
        const string Categories = $"{Portal.Admin}/api-categories";
        var name = shared.NewName("Finance");
        var category = new JsonObject { ["name"] = name, ["description"] = "Money" };
        var id = (string)(await Admin.PostAsync(Categories, category).ExpectAsync(201))["id"]!;
        await Admin.PostAsync(Categories, new JsonObject { ["name"] = name.ToUpperInvariant() }).ExpectErrorAsync(409, "409");
        await Admin.PostAsync(Categories, new JsonObject { ["name"] = "a;b" }).ExpectErrorAsync(400, "400");
        foreach (var portal in (string[])[Portal.Publisher, Portal.DevPortal])
        {
            var seen = await Admin.GetAsync($"{portal}/api-categories").ExpectAsync(200);
            Assert.Contains(seen["list"]!.AsArray(), entry => (string)entry!["name"]! == name);
        }

        var api = await shared.Portal.CreateApiAsync(
            shared.NewName("Sorted"), shared.Backend.Url, new JsonObject { ["categories"] = new JsonArray(name.ToUpperInvariant()) });
        Assert.Equal(name, (string)(await Admin.GetAsync($"{Portal.Publisher}/apis/{api}").ExpectAsync(200))["categories"]![0]!);
        var counted = (await Admin.GetAsync(Categories).ExpectAsync(200))["list"]!.AsArray().Single(entry => (string)entry!["id"]! == id)!;
        Assert.Equal(1, (int)counted["numberOfAPIs"]!);
        await Admin.DeleteAsync($"{Categories}/{id}").ExpectErrorAsync(409, "409");
        await Admin.PutAsync($"{Categories}/{id}", new JsonObject { ["name"] = name + "s" }).ExpectErrorAsync(409, "409");

        await Admin.DeleteAsync($"{Portal.Publisher}/apis/{api}").ExpectAsync(200);
        await Admin.PutAsync($"{Categories}/{id}", new JsonObject { ["name"] = name + "s" }).ExpectAsync(200);
        await Admin.DeleteAsync($"{Categories}/{id}").ExpectAsync(200);
        await Admin.DeleteAsync($"{Categories}/{id}").ExpectErrorAsync(404, "404");
    }

    private async Task<(string Api, string Revision)> RevisionAsync()
    {
        var api = await shared.Portal.CreateApiAsync(shared.NewName("Placed"), shared.Backend.Url);
        var revision = await Admin.PostAsync($"{Portal.Publisher}/apis/{api}/revisions", new JsonObject()).ExpectAsync(201);
        return (api, (string)revision["id"]!);
    }

    private static JsonArray Place(string environment, string host) => new(new JsonObject { ["name"] = environment, ["vhost"] = host });

    private static JsonObject New(string name, params string[] hosts) => new()
    {
        ["name"] = name,
        ["displayName"] = "A region",
        ["vhosts"] = new JsonArray([.. hosts.Select(host => new JsonObject { ["host"] = host, ["httpContext"] = "/edge", ["httpsPort"] = 8443 })]),
    };
}
