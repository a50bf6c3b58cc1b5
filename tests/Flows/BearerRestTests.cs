using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>Management REST with tokens instead of passwords.</summary>
public sealed class BearerRestTests(SharedNode shared)
{
    [Fact]
    public async Task UserToken_WithAScope_OpensWhatTheScopePermitsAndNothingElse()
    {
        var (_, token) = await SignInAsync("apim:api_view", "Internal/creator", "Internal/publisher");
        var caller = shared.Admin.As(token);
        await caller.GetAsync(Portal.Publisher + "/apis").ExpectAsync(200);
        var refused = await caller.PostAsync(Portal.Publisher + "/apis", new JsonObject());
        Assert.Equal((401, "401"), (refused.Code, refused.ErrorCode));
        Assert.Contains("insufficient_scope", refused.Header("WWW-Authenticate"), StringComparison.Ordinal);
        Assert.Contains("apim:api_create", refused.Header("WWW-Authenticate"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UserToken_ScopeOfARoleTheUserLacks_IsNotGranted()
    {
        var (granted, token) = await SignInAsync("apim:admin apim:subscribe", "Internal/subscriber");
        Assert.Equal("apim:subscribe", granted);
        await shared.Admin.As(token).GetAsync(Portal.Admin + "/users").ExpectErrorAsync(401, "401");
    }

    [Fact]
    public async Task ApplicationToken_OnManagementRoutes_IsRefused()
    {
        var consumer = await shared.Portal.ConsumerAsync(shared.NewName("Robot"));
        var token = await shared.Portal.TokenAsync(consumer, "apim:api_view");
        await shared.Admin.As(token).GetAsync(Portal.Publisher + "/apis").ExpectErrorAsync(401, "401");
    }

    [Fact]
    public async Task UserToken_RoleTakenAway_NoLongerOpensTheRoute()
    {
        var name = await UserAsync("Internal/creator");
        var consumer = await shared.Portal.ConsumerAsync(shared.NewName("Tool"));
        var token = await TokenAsync(consumer, name.UserName, "apim:api_view");
        await shared.Admin.As(token).GetAsync(Portal.Publisher + "/apis").ExpectAsync(200);
        await shared.Admin.PutAsync($"{Portal.Admin}/users/{name.Id}", new JsonObject { ["roles"] = new JsonArray() }).ExpectAsync(200);
        await shared.Admin.As(token).GetAsync(Portal.Publisher + "/apis").ExpectErrorAsync(401, "401");
    }

    [Fact]
    public async Task CreatorAlone_PublishedApi_MayNotBeChanged()
    {
        var api = await shared.Portal.PublishAsync(shared.NewName("Public"), shared.Backend.Url);
        var (_, userName) = await UserAsync("Internal/creator");
        var creator = Caller.Basic(shared.Http, shared.Node.ManagementUrl, userName, Password);
        var stored = await creator.GetAsync($"{Portal.Publisher}/apis/{api}").ExpectAsync(200);
        await creator.PutAsync($"{Portal.Publisher}/apis/{api}", stored).ExpectErrorAsync(403, "900380");
        await creator.DeleteAsync($"{Portal.Publisher}/apis/{api}").ExpectErrorAsync(403, "900380");
    }

    [Fact]
    public async Task Api_ReadAndSentBack_IsAcceptedUnchanged()
    {
        var id = await shared.Portal.CreateApiAsync(shared.NewName("Echo"), shared.Backend.Url);
        var read = await shared.Admin.GetAsync($"{Portal.Publisher}/apis/{id}").ExpectAsync(200);
        var written = await shared.Admin.PutAsync($"{Portal.Publisher}/apis/{id}", read.DeepClone()).ExpectAsync(200);
        foreach (var node in (JsonObject[])[read.AsObject(), written.AsObject()])
        {
            node.Remove("lastUpdatedTime");
            node.Remove("lastUpdatedTimestamp");
        }

        Assert.Equal(read.ToJsonString(), written.ToJsonString());
    }

    private const string Password = "long-enough-1";

    private async Task<(string Granted, string Token)> SignInAsync(string scope, params string[] roles)
    {
        var (_, name) = await UserAsync(roles);
        var consumer = await shared.Portal.ConsumerAsync(shared.NewName("Tool"));
        var answer = await shared.Portal.TokenAnswerAsync(
            consumer, ("grant_type", "password"), ("username", name), ("password", Password), ("scope", scope)).ExpectAsync(200);
        return ((string)answer["scope"]!, (string)answer["access_token"]!);
    }

    private async Task<string> TokenAsync(Consumer consumer, string user, string scope) => (string)(await shared.Portal.TokenAnswerAsync(
        consumer, ("grant_type", "password"), ("username", user), ("password", Password), ("scope", scope)).ExpectAsync(200))["access_token"]!;

    private async Task<(string Id, string UserName)> UserAsync(params string[] roles)
    {
        var name = shared.NewName("person");
        var user = await shared.Admin.PostAsync(
            $"{Portal.Admin}/users",
            new JsonObject { ["userName"] = name, ["password"] = Password, ["roles"] = new JsonArray([.. roles.Select(role => (JsonNode)role)]) })
            .ExpectAsync(201);
        return ((string)user["id"]!, name);
    }
}
