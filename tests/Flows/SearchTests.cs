using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>Search on both portals: what was saved is found at once, by every prefix, with a true total.</summary>
public sealed class SearchTests(SharedNode shared)
{
    private Caller Admin => shared.Admin;

    [Fact]
    public async Task Apis_EveryPrefix_FindsTheApiAsSoonAsItIsSaved()
    {
        var name = shared.NewName("Needle");
        await shared.Portal.CreateApiAsync(name, shared.Backend.Url + "/" + name, Described(name));

        string[] finding =
        [
            name, $"\"{name}\"", $"name:{name[1..]}", $"display-name:\"shown as {name}\"", $"tag:tag-{name}", $"tags:nothing tags:tag-{name}",
            $"description:about-{name}", $"context:/{name.ToLowerInvariant()}", $"contextTemplate:{name}", $"name:{name} version:1.0",
            $"name:{name} provider:admin", $"name:{name} status:CREATED", $"name:{name} lcState:creat", $"name:{name} type:HTTP",
            $"team:blue-{name}", $"team:\"blue-{name}\"", $"secretTeam:red-{name}", $"endpointConfig:{name}", $"content:operation{name}",
        ];
        foreach (var query in finding)
        {
            Assert.Equal([name], await NamesAsync(Portal.Publisher + "/apis", query));
        }

        string[] missing =
        [
            $"\"{name[1..]}\"", $"name:\"{name[1..]}\"", $"name:{name} version:2", $"name:{name} status:PUBLISHED", $"name:{name} team:\"blue\"",
            $"name:{name} tag:other", $"content:no{name}", $"unknown:{name}",
        ];
        foreach (var query in missing)
        {
            Assert.Empty(await NamesAsync(Portal.Publisher + "/apis", query));
        }
    }

    [Fact]
    public async Task Apis_ChangedOrDeleted_IsFoundByWhatItIsNow()
    {
        var name = shared.NewName("Moved");
        var id = await shared.Portal.CreateApiAsync(name, shared.Backend.Url, new JsonObject { ["tags"] = new JsonArray("before-" + name) });
        var api = await Admin.GetAsync($"{Portal.Publisher}/apis/{id}").ExpectAsync(200);
        api["tags"] = new JsonArray("after-" + name);
        await Admin.PutAsync($"{Portal.Publisher}/apis/{id}", api).ExpectAsync(200);
        Assert.Empty(await NamesAsync(Portal.Publisher + "/apis", "tag:before-" + name));
        Assert.Equal([name], await NamesAsync(Portal.Publisher + "/apis", "tag:after-" + name));

        await Admin.DeleteAsync($"{Portal.Publisher}/apis/{id}").ExpectAsync(200);
        Assert.Empty(await NamesAsync(Portal.Publisher + "/apis", name));
        Assert.Empty(await NamesAsync(Portal.Publisher + "/search", name));
    }

    [Fact]
    public async Task Search_WordOfTheDefinition_FindsTheDefinitionAndTheApiByItsOwnWords()
    {
        var name = shared.NewName("Everything");
        var id = await shared.Portal.PublishAsync(name, shared.Backend.Url, Described(name));
        foreach (var portal in (string[])[Portal.Publisher, Portal.DevPortal])
        {
            var found = await Admin.GetAsync($"{portal}/search?query={Uri.EscapeDataString("operation" + name)}").ExpectAsync(200);
            Assert.Equal(1, (int)found["pagination"]!["total"]!);
            Assert.Equal(("DEFINITION", id), ((string)found["list"]![0]!["type"]!, (string)found["list"]![0]!["apiUUID"]!));

            var both = await Admin.GetAsync($"{portal}/search?query={name}").ExpectAsync(200);
            Assert.Contains(both["list"]!.AsArray(), hit => (string)hit!["type"]! == "API" && (string)hit["id"]! == id);
        }
    }

    [Fact]
    public async Task DevPortal_SearchForWhatIsNotShown_FindsNothing()
    {
        var name = shared.NewName("Discreet");
        await shared.Portal.PublishAsync(name, shared.Backend.Url + "/" + name, Described(name));
        Assert.Equal([name], await NamesAsync(Portal.DevPortal + "/apis", $"team:blue-{name}"));
        Assert.Empty(await NamesAsync(Portal.DevPortal + "/apis", $"secretTeam:red-{name}"));
        Assert.Empty(await NamesAsync(Portal.DevPortal + "/apis", $"endpointConfig:{name}"));
    }

    [Fact]
    public async Task Search_WordOfADocument_FindsItUntilItIsRemoved()
    {
        var name = shared.NewName("Zebra");
        var id = await shared.Portal.PublishAsync(shared.NewName("Documented"), shared.Backend.Url);
        var documents = $"{Portal.Publisher}/apis/{id}/documents";
        var document = await Admin.PostAsync(documents, new JsonObject
        {
            ["name"] = "Guide",
            ["type"] = "HOWTO",
            ["summary"] = "How to",
            ["sourceType"] = "MARKDOWN",
            ["visibility"] = "API_LEVEL",
        }).ExpectAsync(201);
        var path = $"{documents}/{(string)document["documentId"]!}";
        using var form = new MultipartFormDataContent { { new StringContent($"# All about the {name}"), "inlineContent" } };
        await Admin.SendAsync(HttpMethod.Post, path + "/content", form).ExpectAsync(200);

        foreach (var query in (string[])[name, "content:" + name, "doc:" + name])
        {
            foreach (var search in (string[])[Portal.Publisher + "/search", Portal.DevPortal + "/search"])
            {
                var found = await Admin.GetAsync($"{search}?query={query}").ExpectAsync(200);
                var hit = Assert.Single(found["list"]!.AsArray())!;
                Assert.Equal(("DOC", "Guide", id), ((string)hit["type"]!, (string)hit["name"]!, (string)hit["apiUUID"]!));
            }
        }

        await Admin.DeleteAsync(path).ExpectAsync(200);
        Assert.Empty((await Admin.GetAsync($"{Portal.Publisher}/search?query={name}").ExpectAsync(200))["list"]!.AsArray());
    }

    [Fact]
    public async Task Apis_ByLabel_FindsWhoBearsIt()
    {
        var (name, label) = (shared.NewName("Borne"), shared.NewName("label-"));
        var id = await shared.Portal.CreateApiAsync(name, shared.Backend.Url);
        var labelId = (string)(await Admin.PostAsync($"{Portal.Admin}/labels", new JsonObject { ["name"] = label }).ExpectAsync(201))["id"]!;
        Assert.Empty(await NamesAsync(Portal.Publisher + "/apis", $"label:\"{label}\""));
        await Admin.PostAsync($"{Portal.Publisher}/apis/{id}/attach-labels", new JsonObject { ["labels"] = new JsonArray(labelId) }).ExpectAsync(200);
        Assert.Equal([name], await NamesAsync(Portal.Publisher + "/apis", $"label:\"{label.ToUpperInvariant()}\""));
    }

    [Fact]
    public async Task ResourcePaths_OfAnApi_AreItsOperationsByPage()
    {
        var id = await shared.Portal.CreateApiAsync(shared.NewName("Paths"), shared.Backend.Url);
        var page = await Admin.GetAsync($"{Portal.Publisher}/apis/{id}/resource-paths?offset=4&limit=3").ExpectAsync(200);
        Assert.Equal((5, 1), ((int)page["pagination"]!["total"]!, (int)page["count"]!));
        Assert.Equal("/*", (string)page["list"]![0]!["resourcePath"]!);
    }

    [Theory]
    [InlineData("name:\"open")]
    [InlineData("doc:guide tag:x")]
    [InlineData(":x")]
    public async Task Search_QueryThatMeansNothing_Answers400(string query) =>
        await Admin.GetAsync($"{Portal.Publisher}/search?query={Uri.EscapeDataString(query)}").ExpectErrorAsync(400, "400");

    [Fact]
    public async Task Apis_SortedByCreation_TurnsAroundWithTheOrder()
    {
        var stem = shared.NewName("Sorted") + "x";
        foreach (var letter in "bac")
        {
            await shared.Portal.CreateApiAsync(stem + letter, shared.Backend.Url);
        }

        Assert.Equal([stem + "a", stem + "b", stem + "c"], await NamesAsync(Portal.Publisher + "/apis", stem));
        Assert.Equal([stem + "c", stem + "b", stem + "a"], await NamesAsync(Portal.Publisher + "/apis", stem, "&sortBy=name&sortOrder=desc"));
        Assert.Equal([stem + "b", stem + "a", stem + "c"], await NamesAsync(Portal.Publisher + "/apis", stem, "&sortBy=createdTime"));
        var page = await Admin.GetAsync($"{Portal.Publisher}/apis?query={stem}&limit=2&offset=2").ExpectAsync(200);
        Assert.Equal((3, 1), ((int)page["pagination"]!["total"]!, (int)page["count"]!));
        await Admin.GetAsync(Portal.Publisher + "/apis?sortBy=colour").ExpectErrorAsync(400, "400");
    }

    [Fact]
    public async Task Tags_OfPublishedApis_AreCounted()
    {
        var tag = "tag-" + shared.NewName("Cloud");
        await shared.Portal.PublishAsync(shared.NewName("Cloudy"), shared.Backend.Url, new JsonObject { ["tags"] = new JsonArray(tag) });
        await shared.Portal.CreateApiAsync(shared.NewName("Cloudy"), shared.Backend.Url, new JsonObject { ["tags"] = new JsonArray(tag) });
        var tags = await shared.Visitor().GetAsync(Portal.DevPortal + "/tags?limit=1000").ExpectAsync(200);
        var entry = Assert.Single(tags["list"]!.AsArray(), one => (string)one!["value"]! == tag);
        Assert.Equal(1, (int)entry!["count"]!);
    }

    private static JsonObject Described(string name) => new()
    {
        ["displayName"] = "Shown as " + name,
        ["description"] = $"All about-{name} and more",
        ["tags"] = new JsonArray("tag-" + name),
        ["additionalProperties"] = new JsonArray(Property("team", "blue-" + name, true), Property("secretTeam", "red-" + name, false)),
        ["operations"] = new JsonArray(new JsonObject { ["target"] = $"/operation{name}/{{id}}", ["verb"] = "GET" }),
    };

    private static JsonObject Property(string name, string value, bool display) =>
        new() { ["name"] = name, ["value"] = value, ["display"] = display };

    private async Task<string[]> NamesAsync(string path, string query, string more = "")
    {
        var found = await Admin.GetAsync($"{path}?query={Uri.EscapeDataString(query)}{more}").ExpectAsync(200);
        Assert.Equal((int)found["count"]!, found["list"]!.AsArray().Count);
        return [.. found["list"]!.AsArray().Select(api => (string)api!["name"]!)];
    }
}
