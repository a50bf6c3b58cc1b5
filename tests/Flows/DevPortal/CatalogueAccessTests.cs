using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.DevPortal;

/// <summary>What everybody may read, and what a developer's client asks first.</summary>
public sealed class CatalogueAccessTests(SharedNode shared)
{
    private Caller Visitor => new(shared.Http, shared.Node.ManagementUrl, null);

    [Fact]
    public async Task OrganizationInformation_OfADeveloper_IsHisOrganizations()
    {
        var own = await (await shared.DeveloperAsync()).GetAsync($"{Portal.DevPortal}/me/organization-information").ExpectAsync(200);
        Assert.Equal("carbon.super", (string)own["organizationId"]!);
        await shared.Visitor().GetAsync($"{Portal.DevPortal}/me/organization-information").ExpectErrorAsync(401, "401");
    }

    [Fact]
    public async Task Visitor_PublicParts_AreReadWithoutSigningIn()
    {
        var id = await shared.Portal.PublishAsync(shared.NewName("Seen"), shared.Backend.Url);
        string[] paths =
        [
            "/apis", $"/apis/{id}", $"/apis/{id}/swagger", $"/apis/{id}/subscription-policies", "/throttling-policies/subscription", "/tenants",
        ];
        foreach (var path in paths)
        {
            await Visitor.GetAsync(Portal.DevPortal + path).ExpectAsync(200);
        }

        await Visitor.GetAsync(Portal.DevPortal + "/settings").ExpectErrorAsync(401, "401");
    }

    [Fact]
    public async Task TenantHeader_OfVisitors_ChoosesAmongActiveOrganizations()
    {
        Assert.Equal(200, (await WithTenantAsync("carbon.super")).Code);
        var missing = await WithTenantAsync("elsewhere.example");
        Assert.Equal((404, "404"), (missing.Code, missing.ErrorCode));

        var other = await ApprovingOrganization.MakeAsync(shared);
        var name = shared.NewName("Abroad");
        var id = await other.Portal.PublishAsync(name, shared.Backend.Url);
        var list = (await WithTenantAsync(other.Domain.ToUpperInvariant())).Json["list"]!.AsArray();
        Assert.Equal([name], list.Select(api => (string)api!["name"]!));
        Assert.Equal(200, (await WithTenantAsync(other.Domain, $"/apis/{id}")).Code);
        Assert.Equal(200, (await WithTenantAsync(other.Domain, "/throttling-policies/subscription")).Code);
        await Visitor.GetAsync($"{Portal.DevPortal}/apis/{id}").ExpectErrorAsync(404, "900308");
        // Who is signed in has one organization.
        Assert.Equal(404, (await WithTenantAsync("carbon.super", "/apis", other.Caller)).Code);
        Assert.Equal(200, (await WithTenantAsync(other.Domain, "/apis", other.Caller)).Code);
        Assert.True(await IsListedAsync(other.Domain, "active"));
        Assert.False(await IsListedAsync(other.Domain, "inactive"));

        await shared.Admin.PutAsync(
            $"{Portal.Admin}/tenants/{other.Domain}", new JsonObject { ["tenantDomain"] = other.Domain, ["active"] = false }).ExpectAsync(200);
        Assert.Equal(404, (await WithTenantAsync(other.Domain)).Code);
        Assert.True(await IsListedAsync(other.Domain, "inactive"));
        Assert.False(await IsListedAsync(other.Domain, "active"));
    }

    [Fact]
    public async Task Settings_ForADeveloper_TellGrantsAndPasswordRules()
    {
        var developer = await shared.DeveloperAsync();
        var settings = await developer.GetAsync(Portal.DevPortal + "/settings").ExpectAsync(200);
        Assert.Contains("client_credentials", settings["grantTypes"]!.AsArray().Select(grant => (string)grant!));
        Assert.True((bool)settings["IsAnonymousModeEnabled"]!);
        Assert.True((bool)settings["IsPasswordChangeEnabled"]!);
        Assert.False((bool)settings["applicationSharingEnabled"]!);
        Assert.Equal(8, (int)settings["passwordPolicyMinLength"]!);
        Assert.Contains("apim:subscribe", settings["scopes"]!.AsArray().Select(scope => (string)scope!));
    }

    [Fact]
    public async Task KeyManagers_ListTheResidentOneWithItsEndpoints()
    {
        var list = (await shared.Admin.GetAsync(Portal.DevPortal + "/key-managers").ExpectAsync(200))["list"]!.AsArray();
        var resident = list.Single(entry => (string)entry!["name"]! == "Resident Key Manager")!;
        Assert.Equal(shared.Node.ManagementUrl + "/oauth2/token", (string)resident["tokenEndpoint"]!);
        Assert.True((bool)resident["enableOAuthAppCreation"]!);
    }

    [Fact]
    public async Task Plans_OfAnApiAndInTheList_ShowNoHiddenOneAndATrueTotal()
    {
        var id = await shared.Portal.PublishAsync(shared.NewName("Planned"), shared.Backend.Url);
        var plans = (await Visitor.GetAsync($"{Portal.DevPortal}/apis/{id}/subscription-policies").ExpectAsync(200)).AsArray();
        Assert.Equal(["Bronze", "Gold", "Unlimited"], plans.Select(plan => (string)plan!["name"]!));
        Assert.Equal(5000, (long)plans.Single(plan => (string)plan!["name"]! == "Gold")!["requestCount"]!);

        var all = await Visitor.GetAsync(Portal.DevPortal + "/throttling-policies/subscription?limit=1000").ExpectAsync(200);
        Assert.Equal(all["list"]!.AsArray().Count, (int)all["pagination"]!["total"]!);
        Assert.DoesNotContain("Unauthenticated", all["list"]!.AsArray().Select(plan => (string)plan!["name"]!));
        await Visitor.GetAsync(Portal.DevPortal + "/throttling-policies/subscription/Unauthenticated").ExpectErrorAsync(404, "404");
        await Visitor.GetAsync(Portal.DevPortal + "/throttling-policies/advanced").ExpectErrorAsync(400, "400");
    }

    [Fact]
    public async Task Definition_ForAnEnvironment_NamesItsGatewayOnly()
    {
        var id = await shared.Portal.PublishAsync(shared.NewName("Placed"), shared.Backend.Url);
        var definition = await Visitor.GetAsync($"{Portal.DevPortal}/apis/{id}/swagger?environmentName=Default").ExpectAsync(200);
        Assert.StartsWith(shared.Node.GatewayUrl, (string)definition["servers"]![0]!["url"]!);
        await Visitor.GetAsync($"{Portal.DevPortal}/apis/{id}/swagger?environmentName=Nowhere").ExpectErrorAsync(404, "404");
    }

    [Fact]
    public async Task Catalogue_TwoVersions_ListsTheOneCreatedLast()
    {
        var name = shared.NewName("Versioned");
        await shared.Portal.PublishAsync(name, shared.Backend.Url);
        await shared.Portal.PublishAsync(name, shared.Backend.Url, new JsonObject { ["version"] = "2.0.0" });
        var list = (await Visitor.GetAsync($"{Portal.DevPortal}/apis?query=name:{name}").ExpectAsync(200))["list"]!.AsArray();
        Assert.Equal(["2.0.0"], list.Select(api => (string)api!["version"]!));
    }

    private async Task<bool> IsListedAsync(string domain, string state)
    {
        var list = (await Visitor.GetAsync($"{Portal.DevPortal}/tenants?limit=1000&state={state}").ExpectAsync(200))["list"]!.AsArray();
        return list.Any(tenant => (string)tenant!["domain"]! == domain);
    }

    private Task<Answer> WithTenantAsync(string tenant, string path = "/apis", Caller? caller = null) =>
        (caller ?? Visitor).GetAsync($"{Portal.DevPortal}{path}", ("X-WSO2-Tenant", tenant));
}
