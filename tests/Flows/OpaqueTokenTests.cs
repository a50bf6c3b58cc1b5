using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>Opaque access tokens, from the token endpoint to the gateway and the REST APIs.</summary>
[Collection(nameof(Alone))]
public sealed class OpaqueTokenTests(SharedNode shared)
{
    private static readonly TimeSpan RevocationLimit = TimeSpan.FromMilliseconds(100);

    private Portal Portal => shared.Portal;

    [Fact]
    public async Task Token_OfAnApplicationThatWantsOpaqueOnes_IsServedIntrospectedAndRevoked()
    {
        var (path, consumer) = await PublishAsync();
        var token = await Portal.TokenAsync(consumer);
        Assert.DoesNotContain('.', token);
        await shared.UntilAsync(path, token, 200);

        var known = await SendAsync(consumer, "/oauth2/introspect", token);
        Assert.True((bool)known.Json["active"]!);
        Assert.Equal(consumer.ConsumerKey, (string)known.Json["client_id"]!);
        var madeUp = token[..^1] + (token[^1] == 'A' ? 'B' : 'A');
        Assert.False((bool)(await SendAsync(consumer, "/oauth2/introspect", madeUp)).Json["active"]!);
        await shared.CallAsync(path, madeUp).ExpectErrorAsync(401, "900901");

        await SendAsync(consumer, "/oauth2/revoke", token);
        await shared.UntilAsync(path, token, 401);
        Assert.False((bool)(await SendAsync(consumer, "/oauth2/introspect", token)).Json["active"]!);
    }

    [Fact]
    public async Task Revoke_Acknowledged_RefusedWithin100Milliseconds()
    {
        var (path, consumer) = await PublishAsync();
        await Rounds.MeasureAsync(RevocationLimit, async () =>
        {
            var token = await Portal.TokenAsync(consumer);
            await shared.UntilAsync(path, token, 200);
            await SendAsync(consumer, "/oauth2/revoke", token);
            return await shared.UntilAsync(path, token, 401);
        });
    }

    [Fact]
    public async Task Revoke_OpaqueTokenOfAnotherClient_HasNoEffect()
    {
        var (path, consumer) = await PublishAsync();
        var token = await Portal.TokenAsync(consumer);
        var stranger = await Portal.ConsumerAsync(shared.NewName("OpaqueStranger"));
        await SendAsync(stranger, "/oauth2/revoke", token);
        await shared.UntilAsync(path, token, 200);
    }

    [Fact]
    public async Task Refresh_OfAnOpaqueToken_RotatesAndRevokingTheTokenEndsIt()
    {
        var (path, consumer) = await PublishAsync();
        var first = await PasswordAsync(consumer, "default").ExpectAsync(200);
        await shared.UntilAsync(path, (string)first["access_token"]!, 200);
        var second = await RefreshAsync(consumer, (string)first["refresh_token"]!).ExpectAsync(200);
        await shared.UntilAsync(path, (string)second["access_token"]!, 200);
        Assert.NotEqual((string)first["refresh_token"]!, (string)second["refresh_token"]!);
        await SendAsync(consumer, "/oauth2/revoke", (string)second["access_token"]!);
        await shared.UntilAsync(path, (string)second["access_token"]!, 401);
        await RefreshAsync(consumer, (string)second["refresh_token"]!).ExpectAsync(400);
    }

    [Fact]
    public async Task OpaqueToken_OfAUserWithScopes_OpensRestRoutes()
    {
        var (_, consumer) = await PublishAsync();
        var answer = await PasswordAsync(consumer, "apim:api_view").ExpectAsync(200);
        Assert.Equal("apim:api_view", (string)answer["scope"]!);
        var caller = shared.Admin.As((string)answer["access_token"]!);
        await caller.GetAsync(Portal.Publisher + "/apis").ExpectAsync(200);
        await caller.GetAsync(Portal.Admin + "/users").ExpectErrorAsync(401, "401");
    }

    [Fact]
    public async Task RegenerateSecret_OpaqueTokens_End()
    {
        var (path, consumer) = await PublishAsync();
        var (seen, unseen) = (await Portal.TokenAsync(consumer), await Portal.TokenAsync(consumer));
        await shared.UntilAsync(path, seen, 200);
        await shared.Admin.PostAsync(
            $"{Portal.DevPortal}/applications/{consumer.ApplicationId}/oauth-keys/{consumer.KeyMappingId}/regenerate-secret").ExpectAsync(200);
        await shared.UntilAsync(path, seen, 401);
        await shared.CallAsync(path, unseen).ExpectErrorAsync(401, "900901");
    }

    private async Task<(string Path, Consumer Consumer)> PublishAsync()
    {
        var name = shared.NewName("Opaque");
        var apiId = await Portal.PublishAsync(name, shared.Backend.Url);
        var consumer = await Portal.ConsumerAsync(shared.NewName("OpaqueHolder"), tokenType: "OAUTH");
        await Portal.SubscribeAsync(apiId, consumer);
        return ($"/{name.ToLowerInvariant()}/1.0.0/thing", consumer);
    }

    private async Task<Answer> SendAsync(Consumer consumer, string path, string token)
    {
        var answer = await Portal.Client(consumer).SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent([new("token", token)]));
        Assert.Equal(200, answer.Code);
        return answer;
    }

    private Task<Answer> PasswordAsync(Consumer consumer, string scope) => Portal.TokenAnswerAsync(
        consumer, ("grant_type", "password"), ("username", "admin"), ("password", TestHome.AdminPassword), ("scope", scope));

    private Task<Answer> RefreshAsync(Consumer consumer, string token) =>
        Portal.TokenAnswerAsync(consumer, ("grant_type", "refresh_token"), ("refresh_token", token));
}
