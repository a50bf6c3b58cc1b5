using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>The key manager's endpoints on the gateway's ports.</summary>
public sealed class PassThroughTests(SharedNode shared)
{
    [Fact]
    public async Task TokenAndRevoke_OnTheGatewaysPort_AreTheKeyManagers()
    {
        var consumer = await shared.Portal.ConsumerAsync(shared.NewName("Passing"));
        var token = await SendAsync(consumer, "/token", ("grant_type", "client_credentials"));
        Assert.Equal(200, token.Code);
        Assert.Equal("no-store", token.Header("Cache-Control"));
        Assert.NotNull(token.Header("activityid"));
        var text = (string)token.Json["access_token"]!;
        Assert.True(await IsActiveAsync(consumer, text));

        Assert.Equal(200, (await SendAsync(consumer, "/revoke", ("token", text))).Code);
        Assert.False(await IsActiveAsync(consumer, text));
    }

    [Fact]
    public async Task Token_WithAWrongSecret_IsRefusedInTheKeyManagersWords()
    {
        var consumer = await shared.Portal.ConsumerAsync(shared.NewName("Passing"));
        var refused = await SendAsync(consumer with { ConsumerSecret = "wrong" }, "/token", ("grant_type", "client_credentials"));
        Assert.Equal((401, "invalid_client"), (refused.Code, (string?)refused.Json["error"]));
        Assert.Contains("Basic", refused.Header("WWW-Authenticate"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_WithABodyNobodyNeeds_IsTooLarge()
    {
        var consumer = await shared.Portal.ConsumerAsync(shared.NewName("Passing"));
        Assert.Equal(413, (await SendAsync(consumer, "/token", ("grant_type", new string('x', 70_000)))).Code);
    }

    [Theory]
    [InlineData("/token/x")]
    [InlineData("/tokens")]
    [InlineData("/oauth2/token")]
    [InlineData("/internal/nodes/login")]
    public async Task Path_BesideThose_IsNotPassedOn(string path) => Assert.Equal(404, (await shared.CallAsync(path, token: null)).Code);

    private Task<Answer> SendAsync(Consumer consumer, string path, params (string Name, string Value)[] form) =>
        Caller.Basic(shared.Http, shared.Node.GatewayUrl, consumer.ConsumerKey, consumer.ConsumerSecret).SendAsync(
            HttpMethod.Post, path, new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    private async Task<bool> IsActiveAsync(Consumer consumer, string token)
    {
        var answer = await shared.Portal.Client(consumer).SendAsync(
            HttpMethod.Post, "/oauth2/introspect", new FormUrlEncodedContent([new("token", token)])).ExpectAsync(200);
        return (bool)answer["active"]!;
    }
}
