using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

public sealed class NamedEndpointTests(SharedNode shared)
{
    [Fact]
    public async Task Endpoints_FromAddingToRemoving_GoTheWholeWay()
    {
        var path = await PathAsync();
        var made = await shared.Admin.PostAsync(path, Endpoint("blue", "PRODUCTION")).ExpectAsync(201);
        var one = $"{path}/{(string)made["id"]!}";
        await shared.Admin.PostAsync(path, Endpoint("BLUE", "SANDBOX")).ExpectErrorAsync(409, "409");
        await shared.Admin.PutAsync(one, Endpoint("green", "SANDBOX"), "\"9\"").ExpectErrorAsync(412, "412");
        await shared.Admin.PutAsync(one, Endpoint("green", "SANDBOX"), "\"1\"").ExpectAsync(200);
        var listed = await shared.Admin.GetAsync(path).ExpectAsync(200);
        var green = Assert.Single(listed["list"]!.AsArray())!;
        Assert.Equal(("green", "SANDBOX"), ((string?)green["name"], (string?)green["deploymentStage"]));
        Assert.Equal(green.ToJsonString(), (await shared.Admin.GetAsync(one).ExpectAsync(200)).ToJsonString());
        await shared.Admin.DeleteAsync(one).ExpectAsync(200);
        await shared.Admin.GetAsync(one).ExpectErrorAsync(404, "404");
    }

    [Fact]
    public async Task Endpoint_ThatCouldNotBeAnApis_IsRefused()
    {
        var path = await PathAsync();
        await shared.Admin.PostAsync(path, Endpoint("", "PRODUCTION")).ExpectErrorAsync(400, "400");
        await shared.Admin.PostAsync(path, Endpoint("x", "STAGING")).ExpectErrorAsync(400, "400");
        await shared.Admin.PostAsync(path, new JsonObject { ["name"] = "x" }).ExpectErrorAsync(400, "900346");
        var odd = Endpoint("x", "PRODUCTION");
        odd["endpointConfig"]!["production_endpoints"]!["url"] = "ftp://example.org";
        await shared.Admin.PostAsync(path, odd).ExpectErrorAsync(400, "900346");
        Assert.Equal(0, (int)(await shared.Admin.GetAsync(path).ExpectAsync(200))["count"]!);
    }

    private async Task<string> PathAsync() =>
        $"{Portal.Publisher}/apis/{await shared.Portal.CreateApiAsync(shared.NewName("Endpoints"), shared.Backend.Url)}/endpoints";

    private JsonObject Endpoint(string name, string stage) => new()
    {
        ["name"] = name,
        ["deploymentStage"] = stage,
        ["endpointConfig"] = Portal.Endpoint(shared.Backend.Url),
    };
}
