using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>Comments in both portals, and ratings.</summary>
public sealed class CommentTests(SharedNode shared)
{
    private Caller Admin => shared.Admin;

    private Caller Anonymous => new(shared.Http, shared.Node.ManagementUrl, null);

    [Fact]
    public async Task Comment_WithReplies_IsReadInBothPortalsWithItsEntryPoint()
    {
        var (own, open, developer) = await StageAsync();
        var first = await developer.PostAsync(open, Text("From outside")).ExpectAsync(201);
        Assert.Equal(("devPortal", "general"), ((string)first["entryPoint"]!, (string)first["category"]!));
        var id = (string)first["id"]!;
        for (var i = 1; i <= 3; i++)
        {
            await Admin.PostAsync($"{own}?replyTo={id}", Text($"Answer {i}")).ExpectAsync(201);
        }

        await Admin.PostAsync(own, Text("Newer")).ExpectAsync(201);
        var list = await Anonymous.GetAsync($"{open}?limit=1").ExpectAsync(200);
        Assert.Equal((1, 2, "Newer"), ((int)list["count"]!, (int)list["pagination"]!["total"]!, (string)list["list"]![0]!["content"]!));

        var thread = await Admin.GetAsync($"{own}/{id}?replyLimit=2&includeCommenterInfo=true").ExpectAsync(200);
        Assert.NotEmpty((string)thread["commenterInfo"]!["fullName"]!);
        var replies = thread["replies"]!;
        Assert.Equal((2, 3), ((int)replies["count"]!, (int)replies["pagination"]!["total"]!));
        Assert.Equal("publisher", (string)replies["list"]![0]!["entryPoint"]!);
        Assert.Equal(id, (string)replies["list"]![0]!["parentCommentId"]!);
        var rest = await Admin.GetAsync((string)replies["pagination"]!["next"]!).ExpectAsync(200);
        Assert.Equal("Answer 3", (string)rest["list"]![0]!["content"]!);
    }

    [Fact]
    public async Task Comment_ReplyToAReplyOrToNothing_IsRefused()
    {
        var (own, _, _) = await StageAsync();
        var id = (string)(await Admin.PostAsync(own, Text("One")).ExpectAsync(201))["id"]!;
        var reply = (string)(await Admin.PostAsync($"{own}?replyTo={id}", Text("Two")).ExpectAsync(201))["id"]!;
        await Admin.PostAsync($"{own}?replyTo={reply}", Text("Three")).ExpectErrorAsync(404, "901101");
        await Admin.PostAsync($"{own}?replyTo=nobody", Text("Three")).ExpectErrorAsync(404, "901101");
        await Admin.PostAsync(own, Text(new string('x', 513))).ExpectErrorAsync(400, "901102");
        await Admin.PostAsync(own, Text(" ")).ExpectErrorAsync(400, "901102");
        await Admin.GetAsync($"{own}/nobody").ExpectErrorAsync(404, "901101");
    }

    [Fact]
    public async Task Comment_IsChangedByItsAuthorAndRemovedByAnAdministratorToo()
    {
        var (own, open, developer) = await StageAsync();
        var mine = (string)(await developer.PostAsync(open, Text("Mine")).ExpectAsync(201))["id"]!;
        var foreign = (string)(await Admin.PostAsync(own, Text("Yours")).ExpectAsync(201))["id"]!;
        await Admin.SendAsync(HttpMethod.Patch, $"{own}/{mine}", Json(Text("Hijacked"))).ExpectErrorAsync(403, "901103");
        await developer.DeleteAsync($"{open}/{foreign}").ExpectErrorAsync(403, "901103");

        var changed = await developer.SendAsync(HttpMethod.Patch, $"{open}/{mine}", Json(Text("Mine, better"))).ExpectAsync(200);
        Assert.Equal("Mine, better", (string)changed["content"]!);
        Assert.NotNull(changed["updatedTime"]);

        await Admin.PostAsync($"{own}?replyTo={mine}", Text("Reply")).ExpectAsync(201);
        await Admin.DeleteAsync($"{own}/{mine}").ExpectAsync(200);
        Assert.Equal(1, (int)(await Admin.GetAsync(own).ExpectAsync(200))["pagination"]!["total"]!);
        await Admin.GetAsync($"{own}/{mine}/replies").ExpectErrorAsync(404, "901101");
    }

    [Fact]
    public async Task Rating_OfTwoPeople_IsAveragedInListAndDetail()
    {
        var name = shared.NewName("Rated");
        var id = await shared.Portal.PublishAsync(name, shared.Backend.Url);
        var api = $"{Portal.DevPortal}/apis/{id}";
        var developer = await DeveloperAsync();
        await developer.GetAsync(api + "/user-rating").ExpectErrorAsync(404, "404");
        Assert.Equal("0", (string)(await Anonymous.GetAsync(api).ExpectAsync(200))["avgRating"]!);

        await Admin.PutAsync(api + "/user-rating", new JsonObject { ["rating"] = 6 }).ExpectErrorAsync(400, "400");
        await Admin.PutAsync(api + "/user-rating", new JsonObject { ["rating"] = 2 }).ExpectAsync(200);
        await Admin.PutAsync(api + "/user-rating", new JsonObject { ["rating"] = 5 }).ExpectAsync(200);
        await developer.PutAsync(api + "/user-rating", new JsonObject { ["rating"] = 4 }).ExpectAsync(200);
        var ratings = await Admin.GetAsync(api + "/ratings").ExpectAsync(200);
        Assert.Equal(("4.5", 5, 2), ((string)ratings["avgRating"]!, (int)ratings["userRating"]!, (int)ratings["count"]!));
        Assert.Equal("4.5", (string)(await Anonymous.GetAsync(api).ExpectAsync(200))["avgRating"]!);
        var listed = await Anonymous.GetAsync($"{Portal.DevPortal}/apis?query={name}").ExpectAsync(200);
        Assert.Equal("4.5", (string)listed["list"]![0]!["avgRating"]!);

        await developer.DeleteAsync(api + "/user-rating").ExpectAsync(200);
        Assert.Equal("5", (string)(await Anonymous.GetAsync(api + "/ratings").ExpectAsync(200))["avgRating"]!);
    }

    // A published API and a developer who is no administrator.
    private async Task<(string Own, string Open, Caller Developer)> StageAsync()
    {
        var id = await shared.Portal.PublishAsync(shared.NewName("Discussed"), shared.Backend.Url);
        return ($"{Portal.Publisher}/apis/{id}/comments", $"{Portal.DevPortal}/apis/{id}/comments", await DeveloperAsync());
    }

    private async Task<Caller> DeveloperAsync()
    {
        var name = shared.NewName("developer");
        await Admin.PostAsync(
            $"{Portal.Admin}/users",
            new JsonObject { ["userName"] = name, ["password"] = "long-enough-1", ["roles"] = new JsonArray("Internal/subscriber") }).ExpectAsync(201);
        return Caller.Basic(shared.Http, shared.Node.ManagementUrl, name, "long-enough-1");
    }

    private static JsonObject Text(string content) => new() { ["content"] = content };

    private static StringContent Json(JsonNode body) => new(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
}
