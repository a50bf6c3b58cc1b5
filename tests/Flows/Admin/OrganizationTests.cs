using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Admin;

/// <summary>Organizations beside each other: equal names, and nothing that crosses from one to the other.</summary>
public sealed class OrganizationTests(SharedNode shared)
{
    private const string Tenants = $"{Portal.Admin}/tenants";
    private const string Password = "tenant-Pass-7781";

    [Fact]
    public async Task TwoOrganizations_WithTheSameApi_ServeTheirOwnAndRefuseTheOthers()
    {
        await using var backend = await TestBackend.StartAsync();
        var (mine, other) = (await OrganizationAsync(), await OrganizationAsync());
        var name = shared.NewName("Same");
        var (api, consumer, token) = await ServeAsync(mine, name, backend.Url + "/mine");
        var (foreignApi, foreignConsumer, foreignToken) = await ServeAsync(other, name, backend.Url + "/other");
        var (path, foreignPath) = (PathOf(mine, name), PathOf(other, name));
        await shared.UntilAsync(path, token, 200);
        await shared.UntilAsync(foreignPath, foreignToken, 200);
        backend.Forget();
        await shared.CallAsync(path, token).ExpectAsync(200);
        Assert.Equal("/mine/x", backend.TakeOnly().Target);

        await shared.CallAsync(path, foreignToken).ExpectErrorAsync(403, "900908");
        await shared.CallAsync(foreignPath, token).ExpectErrorAsync(403, "900908");
        await shared.CallAsync($"/{name.ToLowerInvariant()}/1.0.0/x", token).ExpectErrorAsync(404, "404");

        foreach (var stranger in (Caller[])[mine.Caller, shared.Admin])
        {
            await stranger.GetAsync($"{Portal.Publisher}/apis/{foreignApi}").ExpectErrorAsync(404, "900308");
            await stranger.GetAsync($"{Portal.DevPortal}/apis/{foreignApi}").ExpectErrorAsync(404, "900308");
            await stranger.DeleteAsync($"{Portal.Publisher}/apis/{foreignApi}").ExpectErrorAsync(404, "900308");
            await stranger.GetAsync($"{Portal.Admin}/applications/{foreignConsumer.ApplicationId}").ExpectErrorAsync(404, "900307");
            await stranger.PostAsync($"{Portal.Admin}/apis/{foreignApi}/change-provider?provider=admin").ExpectErrorAsync(404, "900308");
        }

        var subscribe = new JsonObject { ["apiId"] = foreignApi, ["applicationId"] = consumer.ApplicationId, ["throttlingPolicy"] = "Unlimited" };
        await mine.Caller.PostAsync($"{Portal.DevPortal}/subscriptions", subscribe).ExpectErrorAsync(404, "900308");
        var listed = await mine.Caller.GetAsync($"{Portal.Publisher}/apis").ExpectAsync(200);
        Assert.Equal(api, (string)Assert.Single(listed["list"]!.AsArray())!["id"]!);
        Assert.Equal(1, (int)(await mine.Caller.GetAsync($"{Portal.Admin}/users").ExpectAsync(200))["pagination"]!["total"]!);
    }

    [Fact]
    public async Task Organization_SwitchedOff_IsServedToNobodyUntilItIsSwitchedOn()
    {
        await using var backend = await TestBackend.StartAsync();
        var tenant = await OrganizationAsync();
        var name = shared.NewName("Ended");
        var (_, consumer, token) = await ServeAsync(tenant, name, backend.Url);
        await shared.UntilAsync(PathOf(tenant, name), token, 200);

        await SwitchAsync(tenant, false);
        await shared.UntilAsync(PathOf(tenant, name), token, 404);
        await tenant.Caller.GetAsync($"{Portal.Publisher}/apis").ExpectErrorAsync(401, "401");
        Assert.Equal(401, (await tenant.Portal.TokenAnswerAsync(consumer, ("grant_type", "client_credentials"))).Code);

        await SwitchAsync(tenant, true);
        await shared.UntilAsync(PathOf(tenant, name), token, 200);
        await tenant.Caller.GetAsync($"{Portal.Publisher}/apis").ExpectAsync(200);
    }

    [Fact]
    public async Task Administrator_OfAnotherOrganization_ManagesHisOwnOnly()
    {
        var tenant = await OrganizationAsync();
        var policies = await tenant.Caller.GetAsync($"{Portal.Admin}/throttling/policies/subscription").ExpectAsync(200);
        Assert.Contains(policies["list"]!.AsArray(), policy => (string)policy!["policyName"]! == "Gold");
        await tenant.Caller.GetAsync(Tenants).ExpectErrorAsync(403, "403");
        await tenant.Caller.GetAsync($"{Portal.Admin}/throttling/policies/custom").ExpectErrorAsync(403, "403");
        await tenant.Caller.GetAsync($"{Portal.Admin}/tenant-info/admin@carbon.super").ExpectErrorAsync(404, "404");
        var info = await tenant.Caller.GetAsync($"{Portal.Admin}/tenant-info/root").ExpectAsync(200);
        Assert.Equal(tenant.Domain, (string)info["tenantDomain"]!);
        Assert.Equal(-1234, (int)(await shared.Admin.GetAsync($"{Portal.Admin}/tenant-info/admin").ExpectAsync(200))["tenantId"]!);
        await shared.Admin.GetAsync($"{Portal.Admin}/custom-urls/{tenant.Domain}").ExpectAsync(200);

        var user = new JsonObject { ["userName"] = "helper", ["password"] = Password, ["roles"] = new JsonArray("Internal/publisher") };
        await tenant.Caller.PostAsync($"{Portal.Admin}/users", user).ExpectAsync(201);
        var helper = Caller.Basic(shared.Http, shared.Node.ManagementUrl, $"helper@{tenant.Domain}", Password);
        await helper.GetAsync($"{Portal.Publisher}/apis").ExpectAsync(200);
        await helper.GetAsync($"{Portal.Admin}/tenant-config").ExpectErrorAsync(401, "401");
        await Caller.Basic(shared.Http, shared.Node.ManagementUrl, "helper", Password).GetAsync($"{Portal.Publisher}/apis").ExpectErrorAsync(401, "401");

        var log = await tenant.Caller.GetAsync($"{Portal.Admin}/audit-log").ExpectAsync(200);
        Assert.All(log["list"]!.AsArray(), entry => Assert.Equal(tenant.Domain, (string)entry!["organization"]!));
        Assert.Equal(1, (int)log["pagination"]!["total"]!);
    }

    [Theory]
    [InlineData("nodot")]
    [InlineData("-a.example")]
    [InlineData("a..example")]
    [InlineData("a b.example")]
    [InlineData("carbon.super")]
    public async Task Create_WithAnIllegalDomain_IsRefused(string domain) =>
        await shared.Admin.PostAsync(Tenants, New(domain)).ExpectErrorAsync(400, "400");

    [Fact]
    public async Task Create_TwiceOrWithoutAnAdministrator_IsRefused()
    {
        var tenant = await OrganizationAsync();
        await shared.Admin.PostAsync(Tenants, New(tenant.Domain.ToUpperInvariant())).ExpectErrorAsync(409, "409");
        await shared.Admin.PostAsync(Tenants, new JsonObject { ["tenantDomain"] = "without.example" }).ExpectErrorAsync(400, "400");
        await shared.Admin.PutAsync($"{Tenants}/carbon.super", new JsonObject { ["active"] = false }).ExpectErrorAsync(409, "409");
        await shared.Admin.GetAsync($"{Tenants}/nowhere.example").ExpectErrorAsync(404, "404");
        await shared.Portal.Caller.PostAsync(
            $"{Portal.Publisher}/apis", new JsonObject { ["name"] = shared.NewName("Sly"), ["version"] = "1", ["context"] = $"/t/{tenant.Domain}/sly" })
            .ExpectErrorAsync(400, "900346");
    }

    [Fact]
    public async Task Parts_OfAnOrganization_AreKeptForItAlone()
    {
        const string Parts = $"{Portal.Admin}/organizations";
        var tenant = await OrganizationAsync();
        var part = new JsonObject { ["externalOrganizationId"] = "sales", ["displayName"] = "Sales" };
        var id = (string)(await tenant.Caller.PostAsync(Parts, part).ExpectAsync(201))["organizationId"]!;
        await tenant.Caller.PostAsync(Parts, part).ExpectErrorAsync(409, "409");
        await shared.Admin.GetAsync($"{Parts}/{id}").ExpectErrorAsync(404, "404");
        part["displayName"] = "Sales and more";
        await tenant.Caller.PutAsync($"{Parts}/{id}", part).ExpectAsync(200);
        Assert.Equal("Sales and more", (string)(await tenant.Caller.GetAsync($"{Parts}/{id}").ExpectAsync(200))["displayName"]!);
        Assert.Single((await tenant.Caller.GetAsync(Parts).ExpectAsync(200))["list"]!.AsArray());
        Assert.Equal(
            tenant.Domain, (string)(await tenant.Caller.GetAsync($"{Portal.Admin}/me/organization-information").ExpectAsync(200))["organizationId"]!);
        await tenant.Caller.DeleteAsync($"{Parts}/{id}").ExpectAsync(200);
        await tenant.Caller.DeleteAsync($"{Parts}/{id}").ExpectErrorAsync(404, "404");
    }

    [Fact]
    public async Task Organizations_MadeAtOnce_AllExistAndEachAdministratorSeesHisOwn()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => OrganizationAsync()));
        foreach (var tenant in made)
        {
            var users = await tenant.Caller.GetAsync($"{Portal.Admin}/users").ExpectAsync(200);
            Assert.Equal(1, (int)users["pagination"]!["total"]!);
        }

        var domain = shared.NewName("org") + ".example";
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => shared.Admin.PostAsync(Tenants, New(domain))));
        Assert.Single(answers, answer => answer.Code == 201);
        Assert.All(answers.Where(answer => answer.Code != 201), answer => Assert.Equal(409, answer.Code));
    }

    private async Task<Tenant> OrganizationAsync()
    {
        var domain = shared.NewName("org") + ".example";
        await shared.Admin.PostAsync(Tenants, New(domain)).ExpectAsync(201);
        var caller = Caller.Basic(shared.Http, shared.Node.ManagementUrl, "root@" + domain, Password);
        return new Tenant(domain, caller, new Portal(caller, shared.Node.ManagementUrl));
    }

    private async Task SwitchAsync(Tenant tenant, bool active)
    {
        var changed = await shared.Admin.PutAsync($"{Tenants}/{tenant.Domain}", new JsonObject { ["active"] = active }).ExpectAsync(200);
        Assert.Equal(active, (bool)changed["active"]!);
    }

    private static async Task<(string Api, Consumer Consumer, string Token)> ServeAsync(Tenant tenant, string name, string endpoint)
    {
        var api = await tenant.Portal.PublishAsync(name, endpoint);
        var consumer = await tenant.Portal.ConsumerAsync("Consumer");
        await tenant.Portal.SubscribeAsync(api, consumer);
        return (api, consumer, await tenant.Portal.TokenAsync(consumer));
    }

    private static string PathOf(Tenant tenant, string name) => $"/t/{tenant.Domain}/{name.ToLowerInvariant()}/1.0.0/x";

    private static JsonObject New(string domain) => new()
    {
        ["tenantDomain"] = domain,
        ["displayName"] = "An organization",
        ["administrator"] = new JsonObject { ["userName"] = "root", ["password"] = Password },
    };

    private sealed record Tenant(string Domain, Caller Caller, Portal Portal);
}
