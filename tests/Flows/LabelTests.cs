using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>Labels: administrators offer them, publishers attach them.</summary>
public sealed class LabelTests(SharedNode shared)
{
    [Fact]
    public async Task Labels_FromOfferingToDetaching_GoTheWholeWay()
    {
        var name = shared.NewName("label-");
        var label = await shared.Admin.PostAsync(
            $"{Portal.Admin}/labels", new JsonObject { ["name"] = name, ["description"] = "Of a test." }).ExpectAsync(201);
        var id = (string)label["id"]!;
        await shared.Admin.PostAsync($"{Portal.Admin}/labels", new JsonObject { ["name"] = name.ToUpperInvariant() }).ExpectErrorAsync(409, "409");
        await shared.Admin.PutAsync($"{Portal.Admin}/labels/{id}", new JsonObject { ["name"] = name + "x" }, "\"7\"").ExpectErrorAsync(412, "412");
        await shared.Admin.PutAsync($"{Portal.Admin}/labels/{id}", new JsonObject { ["name"] = name + "x" }, "\"1\"").ExpectAsync(200);
        var offered = await shared.Admin.GetAsync(Portal.Publisher + "/labels?limit=1000").ExpectAsync(200);
        Assert.Contains(offered["list"]!.AsArray(), each => (string?)each!["name"] == name + "x");

        var api = await shared.Portal.CreateApiAsync(shared.NewName("Labelled"), shared.Backend.Url);
        var ids = new JsonObject { ["labels"] = new JsonArray(id) };
        await shared.Admin.PostAsync($"{Portal.Publisher}/apis/{api}/attach-labels", ids).ExpectAsync(200);
        var borne = await shared.Admin.PostAsync($"{Portal.Publisher}/apis/{api}/attach-labels", ids).ExpectAsync(200);
        Assert.Equal(1, (int)borne["count"]!);
        var usage = await shared.Admin.GetAsync($"{Portal.Admin}/labels/{id}/usage").ExpectAsync(200);
        Assert.Equal(api, (string?)usage["apis"]!["list"]![0]!["id"]);
        await shared.Admin.DeleteAsync($"{Portal.Admin}/labels/{id}").ExpectErrorAsync(409, "409");

        await shared.Admin.PostAsync($"{Portal.Publisher}/apis/{api}/detach-labels", ids).ExpectAsync(200);
        Assert.Equal(0, (int)(await shared.Admin.GetAsync($"{Portal.Publisher}/apis/{api}/labels").ExpectAsync(200))["count"]!);
        await shared.Admin.DeleteAsync($"{Portal.Admin}/labels/{id}").ExpectAsync(200);
        await shared.Admin.GetAsync($"{Portal.Admin}/labels/{id}/usage").ExpectErrorAsync(404, "404");
    }

    [Fact]
    public async Task Attach_OfALabelThatIsNotThere_AttachesNone()
    {
        var label = await shared.Admin.PostAsync($"{Portal.Admin}/labels", new JsonObject { ["name"] = shared.NewName("lone-") }).ExpectAsync(201);
        var api = await shared.Portal.CreateApiAsync(shared.NewName("Unlabelled"), shared.Backend.Url);
        var ids = new JsonObject { ["labels"] = new JsonArray((string)label["id"]!, "nothing") };
        await shared.Admin.PostAsync($"{Portal.Publisher}/apis/{api}/attach-labels", ids).ExpectErrorAsync(400, "400");
        await shared.Admin.PostAsync($"{Portal.Publisher}/apis/{api}/attach-labels", new JsonObject()).ExpectErrorAsync(400, "400");
        Assert.Equal(0, (int)(await shared.Admin.GetAsync($"{Portal.Publisher}/apis/{api}/labels").ExpectAsync(200))["count"]!);

        // A deleted API bears nothing.
        await shared.Admin.PostAsync(
            $"{Portal.Publisher}/apis/{api}/attach-labels", new JsonObject { ["labels"] = new JsonArray((string)label["id"]!) }).ExpectAsync(200);
        await shared.Admin.DeleteAsync($"{Portal.Publisher}/apis/{api}").ExpectAsync(200);
        await shared.Admin.DeleteAsync($"{Portal.Admin}/labels/{(string)label["id"]!}").ExpectAsync(200);
    }
}
