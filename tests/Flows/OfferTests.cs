using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>What publishers may choose from: organizations, key managers, and properties per environment.</summary>
public sealed class OfferTests(SharedNode shared)
{
    [Fact]
    public async Task Tenants_OfThisSystem_BeginWithTheFirst()
    {
        var active = await shared.Admin.GetAsync(Portal.Publisher + "/tenants?limit=1").ExpectAsync(200);
        Assert.Equal(("carbon.super", "active"), ((string?)active["list"]![0]!["domain"], (string?)active["list"]![0]!["status"]));
        Assert.Equal(1, (int)active["count"]!);
        Assert.Equal(200, (await shared.Admin.SendAsync(HttpMethod.Head, Portal.Publisher + "/tenants/carbon.super")).Code);
        Assert.Equal(404, (await shared.Admin.SendAsync(HttpMethod.Head, Portal.Publisher + "/tenants/nowhere.example")).Code);
        await shared.Admin.GetAsync(Portal.Publisher + "/tenants?state=lost").ExpectErrorAsync(400, "400");
    }

    [Fact]
    public async Task OwnOrganizationAndKeyManagers_OfAPublisher_AreShown()
    {
        var own = await shared.Admin.GetAsync(Portal.Publisher + "/me/organization-information").ExpectAsync(200);
        Assert.Equal("carbon.super", (string?)own["organizationId"]);
        await shared.Admin.GetAsync(Portal.Publisher + "/organizations").ExpectAsync(200);
        var managers = await shared.Admin.GetAsync(Portal.Publisher + "/key-managers").ExpectAsync(200);
        Assert.Equal("Resident Key Manager", (string?)managers["list"]![0]!["name"]);
    }

    [Fact]
    public async Task EnvironmentProperties_OfAnApi_AreKeptPerEnvironment()
    {
        var api = await shared.Portal.CreateApiAsync(shared.NewName("Placed"), shared.Backend.Url);
        var path = $"{Portal.Publisher}/apis/{api}/environments/Default/keys";
        Assert.Equal("{}", (await shared.Admin.GetAsync(path).ExpectAsync(200)).ToJsonString());
        var wanted = new JsonObject { ["productionEndpoint"] = "https://blue.example.org" };
        await shared.Admin.PutAsync(path, wanted).ExpectAsync(200);
        await shared.Admin.PutAsync(path, new JsonObject(), "\"0\"").ExpectErrorAsync(412, "412");
        Assert.Equal(wanted.ToJsonString(), (await shared.Admin.GetAsync(path).ExpectAsync(200)).ToJsonString());
        await shared.Admin.PutAsync(path, new JsonObject { [""] = "x" }).ExpectErrorAsync(400, "400");
        await shared.Admin.GetAsync($"{Portal.Publisher}/apis/{api}/environments/nowhere/keys").ExpectErrorAsync(404, "900504");
    }
}
