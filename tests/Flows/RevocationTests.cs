using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>What ends a right, and how soon the gateway refuses afterwards. The clock starts when the change is acknowledged.</summary>
[Collection(nameof(Alone))]
public sealed class RevocationTests(SharedNode shared)
{
    private static readonly TimeSpan RevocationLimit = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan OtherLimit = TimeSpan.FromMilliseconds(500);

    private Portal Portal => shared.Portal;

    [Fact]
    public async Task Revoke_Acknowledged_RefusedWithin100Milliseconds()
    {
        var (path, consumer) = await PublishAsync();
        await Rounds.MeasureAsync(RevocationLimit, async () =>
        {
            var token = await Portal.TokenAsync(consumer);
            await shared.UntilAsync(path, token, 200);
            await RevokeAsync(consumer, token);
            var taken = await shared.UntilAsync(path, token, 401);
            await shared.CallAsync(path, token).ExpectErrorAsync(401, "900901");
            return taken;
        });
    }

    [Fact]
    public async Task Unsubscribe_Acknowledged_RefusedWithin500Milliseconds()
    {
        var (path, consumer) = await PublishAsync();
        var token = await Portal.TokenAsync(consumer);
        var apiId = await ApiOfAsync(consumer);
        await Rounds.MeasureAsync(OtherLimit, async () =>
        {
            var subscription = await SubscriptionOfAsync(consumer) ?? await Portal.SubscribeAsync(apiId, consumer);
            await shared.UntilAsync(path, token, 200);
            await shared.Admin.DeleteAsync($"{Portal.DevPortal}/subscriptions/{subscription}").ExpectAsync(200);
            var taken = await shared.UntilAsync(path, token, 403);
            await shared.CallAsync(path, token).ExpectErrorAsync(403, "900908");
            return taken;
        });
    }

    [Fact]
    public async Task RegenerateSecret_Acknowledged_OldTokensRefusedWithin500MillisecondsAndNewOnesServed()
    {
        var (path, consumer) = await PublishAsync();
        await Rounds.MeasureAsync(OtherLimit, async () =>
        {
            var token = await Portal.TokenAsync(consumer);
            await shared.UntilAsync(path, token, 200);
            var fresh = await shared.Admin.PostAsync(
                $"{Portal.DevPortal}/applications/{consumer.ApplicationId}/oauth-keys/{consumer.KeyMappingId}/regenerate-secret").ExpectAsync(200);
            var taken = await shared.UntilAsync(path, token, 401);
            await Portal.TokenAnswerAsync(consumer, ("grant_type", "client_credentials")).ExpectAsync(401);
            consumer = consumer with { ConsumerSecret = (string)fresh["consumerSecret"]! };
            // In the same second: the new token must not fall under the rule that ended the old ones.
            await shared.UntilAsync(path, await Portal.TokenAsync(consumer), 200);
            return taken;
        });
    }

    [Fact]
    public async Task DeleteApplication_Acknowledged_RefusedWithin500Milliseconds()
    {
        var (path, first) = await PublishAsync();
        var apiId = await ApiOfAsync(first);
        await Rounds.MeasureAsync(OtherLimit, async () =>
        {
            var consumer = await Portal.ConsumerAsync(shared.NewName("Short"));
            await Portal.SubscribeAsync(apiId, consumer);
            var token = await Portal.TokenAsync(consumer);
            await shared.UntilAsync(path, token, 200);
            await shared.Admin.DeleteAsync($"{Portal.DevPortal}/applications/{consumer.ApplicationId}").ExpectAsync(200);
            return await shared.UntilAsync(path, token, 401);
        });
    }

    [Fact]
    public async Task LockUser_Acknowledged_HisTokensRefusedWithin500MillisecondsAndAfterUnlockNewOnesServed()
    {
        var (path, consumer) = await PublishAsync();
        var name = shared.NewName("user");
        var user = (string)(await shared.Admin.PostAsync(
            $"{Portal.Admin}/users", new JsonObject { ["userName"] = name, ["password"] = "long-enough-1", ["roles"] = new JsonArray() })
            .ExpectAsync(201))["id"]!;
        (string, string)[] form = [("grant_type", "password"), ("username", name), ("password", "long-enough-1")];
        await Rounds.MeasureAsync(OtherLimit, async () =>
        {
            var token = (string)(await Portal.TokenAnswerAsync(consumer, form).ExpectAsync(200))["access_token"]!;
            await shared.UntilAsync(path, token, 200);
            await shared.Admin.PostAsync($"{Portal.Admin}/users/{user}/lock").ExpectAsync(200);
            var taken = await shared.UntilAsync(path, token, 401);
            await Portal.TokenAnswerAsync(consumer, form).ExpectAsync(400);
            await shared.Admin.PostAsync($"{Portal.Admin}/users/{user}/unlock").ExpectAsync(200);
            return taken;
        });
    }

    // Checking a password takes long: a lock that comes meanwhile must end the tokens that are just being made.
    [Fact]
    public async Task LockUser_WhileHisTokensAreBeingIssued_NoneOfThemIsServed()
    {
        var (path, consumer) = await PublishAsync();
        for (var round = 0; round < 3; round++)
        {
            var name = shared.NewName("user");
            var user = (string)(await shared.Admin.PostAsync(
                $"{Portal.Admin}/users", new JsonObject { ["userName"] = name, ["password"] = "long-enough-1", ["roles"] = new JsonArray() })
                .ExpectAsync(201))["id"]!;
            var pending = Enumerable.Range(0, 12).Select(_ => Portal.TokenAnswerAsync(
                consumer, ("grant_type", "password"), ("username", name), ("password", "long-enough-1"))).ToList();
            await Task.WhenAny(pending);
            await shared.Admin.PostAsync($"{Portal.Admin}/users/{user}/lock").ExpectAsync(200);
            foreach (var answer in (await Task.WhenAll(pending)).Where(answer => answer.Code == 200))
            {
                await shared.UntilAsync(path, (string)answer.Json["access_token"]!, 401, OtherLimit);
            }
        }
    }

    [Fact]
    public async Task RevokeAccessToken_OfAUser_EndsItsRefreshTokenToo()
    {
        var (path, consumer) = await PublishAsync();
        var answer = await PasswordAsync(consumer).ExpectAsync(200);
        await shared.UntilAsync(path, (string)answer["access_token"]!, 200);
        await RevokeAsync(consumer, (string)answer["access_token"]!);
        await RefreshAsync(consumer, (string)answer["refresh_token"]!).ExpectAsync(400);
    }

    [Fact]
    public async Task RefreshToken_UsedTwice_EndsTheAuthorizationForBothHolders()
    {
        var (path, consumer) = await PublishAsync();
        var first = await PasswordAsync(consumer).ExpectAsync(200);
        var second = await RefreshAsync(consumer, (string)first["refresh_token"]!).ExpectAsync(200);
        await shared.UntilAsync(path, (string)second["access_token"]!, 200);

        var stolen = await RefreshAsync(consumer, (string)first["refresh_token"]!).ExpectAsync(400);

        Assert.Equal("invalid_grant", (string)stolen["error"]!);
        await RefreshAsync(consumer, (string)second["refresh_token"]!).ExpectAsync(400);
        await shared.UntilAsync(path, (string)second["access_token"]!, 401);
    }

    [Fact]
    public async Task Revoke_TokenOfAnotherClient_HasNoEffect()
    {
        var (path, consumer) = await PublishAsync();
        var token = await Portal.TokenAsync(consumer);
        await shared.UntilAsync(path, token, 200);
        var stranger = await Portal.ConsumerAsync(shared.NewName("Stranger"));
        await RevokeAsync(stranger, token);
        await shared.CallAsync(path, token).ExpectAsync(200);
    }

    private async Task<(string Path, Consumer Consumer)> PublishAsync()
    {
        var name = shared.NewName("Ends");
        var apiId = await Portal.PublishAsync(name, shared.Backend.Url);
        var consumer = await Portal.ConsumerAsync(shared.NewName("Holder"));
        await Portal.SubscribeAsync(apiId, consumer);
        return ($"/{name.ToLowerInvariant()}/1.0.0/thing", consumer);
    }

    private Task RevokeAsync(Consumer consumer, string token) => Portal.Client(consumer).SendAsync(
        HttpMethod.Post, "/oauth2/revoke", new FormUrlEncodedContent([new("token", token)])).ExpectAsync(200);

    private Task<Answer> PasswordAsync(Consumer consumer) => Portal.TokenAnswerAsync(
        consumer, ("grant_type", "password"), ("username", "admin"), ("password", TestHome.AdminPassword));

    private Task<Answer> RefreshAsync(Consumer consumer, string token) =>
        Portal.TokenAnswerAsync(consumer, ("grant_type", "refresh_token"), ("refresh_token", token));

    private async Task<string> ApiOfAsync(Consumer consumer) => (string)(await SubscriptionsAsync(consumer))[0]!["apiId"]!;

    private async Task<string?> SubscriptionOfAsync(Consumer consumer) =>
        (await SubscriptionsAsync(consumer)).FirstOrDefault()?["subscriptionId"]?.ToString();

    private async Task<JsonArray> SubscriptionsAsync(Consumer consumer) =>
        (await shared.Admin.GetAsync($"{Portal.DevPortal}/subscriptions?applicationId={consumer.ApplicationId}").ExpectAsync(200))["list"]!.AsArray();
}
