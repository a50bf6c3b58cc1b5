using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Stress;

/// <summary>Fifty at once: each of different things succeeds, of the same thing exactly one.</summary>
public sealed class RaceTests(SharedNode shared)
{
    private const int Callers = 50;

    private Portal Portal => shared.Portal;

    [Fact]
    public async Task Create_FiftyDifferentApis_AllAreThere()
    {
        var stem = shared.NewName("Parallel");
        Assert.All(await AtOnceAsync(i => CreateAsync($"{stem}N{i}", $"/{stem}{i}")), answer => Assert.Equal(201, answer.Code));
        var found = await shared.Admin.GetAsync($"{Portal.Publisher}/apis?query=name:{stem}N&limit=100").ExpectAsync(200);
        Assert.Equal(Callers, (int)found["pagination"]!["total"]!);
    }

    [Fact]
    public async Task Create_TheSameNameOrContextFiftyTimes_OneSucceedsAndTheOthersHear409()
    {
        var stem = shared.NewName("Same");
        AssertOne(await AtOnceAsync(i => CreateAsync(stem, $"/{stem}{i}")), 201, 409);
        AssertOne(await AtOnceAsync(i => CreateAsync($"{stem}C{i}", $"/{stem}-context")), 201, 409);
        AssertOne(
            await AtOnceAsync(_ => shared.Admin.PostAsync(
                $"{Portal.DevPortal}/applications", new JsonObject { ["name"] = stem, ["throttlingPolicy"] = "Unlimited" })),
            201, 409);
    }

    [Fact]
    public async Task Subscribe_FiftyTimes_OneSucceeds()
    {
        var api = await Portal.PublishAsync(shared.NewName("Wanted"), shared.Backend.Url);
        var consumer = await Portal.ConsumerAsync(shared.NewName("Eager"));
        AssertOne(
            await AtOnceAsync(_ => shared.Admin.PostAsync(
                $"{Portal.DevPortal}/subscriptions",
                new JsonObject { ["apiId"] = api, ["applicationId"] = consumer.ApplicationId, ["throttlingPolicy"] = "Unlimited" })),
            201, 409);
    }

    [Fact]
    public async Task Update_FiftyWritersWithTheSameETag_OneSucceedsAndTheOthersHear412()
    {
        var id = await Portal.CreateApiAsync(shared.NewName("Edited"), shared.Backend.Url);
        var first = await shared.Admin.GetAsync($"{Portal.Publisher}/apis/{id}");
        var etag = first.Header("ETag")!;
        var answers = await AtOnceAsync(i =>
        {
            var mine = first.Json.AsObject();
            mine["description"] = $"writer {i}";
            return shared.Admin.PutAsync($"{Portal.Publisher}/apis/{id}", mine, etag);
        });
        AssertOne(answers, 200, 412);
        var winner = answers.Single(answer => answer.Code == 200);
        var stored = await shared.Admin.GetAsync($"{Portal.Publisher}/apis/{id}").ExpectAsync(200);
        Assert.Equal((string)winner.Json["description"]!, (string)stored["description"]!);
    }

    [Fact]
    public async Task RefreshToken_UsedFiftyTimesAtOnce_OneSucceedsAndTheAuthorizationEnds()
    {
        var name = shared.NewName("Raced");
        var api = await Portal.PublishAsync(name, shared.Backend.Url);
        var consumer = await Portal.ConsumerAsync(shared.NewName("Racer"));
        await Portal.SubscribeAsync(api, consumer);
        for (var round = 0; round < 10; round++)
        {
            var first = await Portal.TokenAnswerAsync(
                consumer, ("grant_type", "password"), ("username", "admin"), ("password", TestHome.AdminPassword)).ExpectAsync(200);
            var token = (string)first["refresh_token"]!;
            var answers = await AtOnceAsync(_ => Portal.TokenAnswerAsync(consumer, ("grant_type", "refresh_token"), ("refresh_token", token)));
            AssertOne(answers, 200, 400);

            // Forty-nine uses too many: somebody else has the token, so that nobody keeps what came of it.
            var winner = answers.Single(answer => answer.Code == 200).Json;
            await shared.UntilAsync($"/{name.ToLowerInvariant()}/1.0.0/x", (string)winner["access_token"]!, 401);
            await Portal.TokenAnswerAsync(consumer, ("grant_type", "refresh_token"), ("refresh_token", (string)winner["refresh_token"]!)).ExpectAsync(400);
        }
    }

    [Fact]
    public async Task RegenerateSecret_FiftyTimesAtOnce_ExactlyOneSecretWorks()
    {
        var consumer = await Portal.ConsumerAsync(shared.NewName("Regenerated"));
        var answers = await AtOnceAsync(_ => shared.Admin.PostAsync(
            $"{Portal.DevPortal}/applications/{consumer.ApplicationId}/oauth-keys/{consumer.KeyMappingId}/regenerate-secret"));
        var works = 0;
        foreach (var answer in answers)
        {
            var renewed = consumer with { ConsumerSecret = (string)(await Task.FromResult(answer).ExpectAsync(200))["consumerSecret"]! };
            works += (await Portal.TokenAnswerAsync(renewed, ("grant_type", "client_credentials"))).Code == 200 ? 1 : 0;
        }

        Assert.Equal(1, works);
    }

    private Task<Answer> CreateAsync(string name, string context) => shared.Admin.PostAsync(
        $"{Portal.Publisher}/apis",
        new JsonObject
        {
            ["name"] = name,
            ["version"] = "1.0.0",
            ["context"] = context.ToLowerInvariant(),
            ["policies"] = new JsonArray("Unlimited"),
            ["endpointConfig"] = Portal.Endpoint(shared.Backend.Url),
        });

    private static Task<Answer[]> AtOnceAsync(Func<int, Task<Answer>> call) =>
        Task.WhenAll(Enumerable.Range(0, Callers).Select(i => Task.Run(() => call(i))));

    private static void AssertOne(IReadOnlyList<Answer> answers, int success, int refusal)
    {
        Assert.Single(answers, answer => answer.Code == success);
        Assert.All(answers.Where(answer => answer.Code != success), answer => Assert.Equal(refusal, answer.Code));
    }
}
