using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

public sealed class ResourcePathTests(SharedNode shared)
{
    [Fact]
    public async Task ResourcePaths_OfAnApi_AreItsOperationsByPage()
    {
        var operations = new JsonArray([.. Enumerable.Range(1, 5).Select(number => new JsonObject { ["target"] = $"/p{number}", ["verb"] = "GET" })]);
        var api = await shared.Portal.CreateApiAsync(
            shared.NewName("Paths"), shared.Backend.Url, new JsonObject { ["operations"] = operations });
        var page = await shared.Admin.GetAsync($"{Portal.Publisher}/apis/{api}/resource-paths?offset=3&limit=1").ExpectAsync(200);
        Assert.Equal("""{"id":4,"resourcePath":"/p4","httpVerb":"GET"}""", Assert.Single(page["list"]!.AsArray())!.ToJsonString());
        Assert.Equal((5, 1), ((int)page["pagination"]!["total"]!, (int)page["count"]!));
        await shared.Admin.GetAsync($"{Portal.Publisher}/apis/none/resource-paths").ExpectErrorAsync(404, "900308");
    }
}
