using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.DevPortal;

/// <summary>What a developer is recommended: more of what the applications use already, as far as the developer may see it.</summary>
public sealed class RecommendationTests(SharedNode shared)
{
    private const string Recommendations = $"{Portal.DevPortal}/recommendations";

    [Fact]
    public async Task Recommendations_OfADeveloper_AreLikeWhatHisApplicationsUse()
    {
        var (tag, other) = (shared.NewName("likeA"), shared.NewName("likeB"));
        var used = await PublishAsync("Used", tag, other);
        var near = await PublishAsync("Near", tag, other);
        var far = await PublishAsync("Far", tag);
        await PublishAsync("Unlike", shared.NewName("unlike"));
        await PublishAsync("Hidden", await shared.NewRoleAsync("insiders"), tag, other);
        await shared.Portal.CreateApiAsync(shared.NewName("Unpublished"), shared.Backend.Url, new JsonObject { ["tags"] = new JsonArray(tag, other) });

        var developer = await shared.DeveloperAsync();
        Assert.Empty(await NamesAsync(developer));
        var application = (string)(await developer.PostAsync(
            $"{Portal.DevPortal}/applications", new JsonObject { ["name"] = "Mine", ["throttlingPolicy"] = "Unlimited" }).ExpectAsync(201))["applicationId"]!;
        await developer.PostAsync(
            $"{Portal.DevPortal}/subscriptions",
            new JsonObject { ["apiId"] = used.Id, ["applicationId"] = application, ["throttlingPolicy"] = "Unlimited" }).ExpectAsync(201);
        await developer.PutAsync($"{Portal.DevPortal}/apis/{near.Id}/user-rating", new JsonObject { ["rating"] = 4 }).ExpectAsync(200);

        Assert.Equal([near.Name, far.Name], await NamesAsync(developer));
        Assert.Equal("4", (string)(await developer.GetAsync(Recommendations).ExpectAsync(200))["list"]![0]!["avgRating"]!);
        Assert.Empty(await NamesAsync(await shared.DeveloperAsync()));
        await shared.Visitor().GetAsync(Recommendations).ExpectErrorAsync(401, "401");
    }

    private async Task<(string Id, string Name)> PublishAsync(string stem, params string[] tags)
    {
        var name = shared.NewName(stem);
        var more = new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]) };
        if (stem == "Hidden")
        {
            (more["visibility"], more["visibleRoles"]) = ("RESTRICTED", new JsonArray(tags[0]));
        }

        return (await shared.Portal.PublishAsync(name, shared.Backend.Url, more), name);
    }

    private static async Task<IEnumerable<string>> NamesAsync(Caller developer) =>
        (await developer.GetAsync(Recommendations).ExpectAsync(200))["list"]!.AsArray().Select(api => (string)api!["name"]!);
}
