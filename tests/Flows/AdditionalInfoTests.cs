using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

public sealed class AdditionalInfoTests(SharedNode shared)
{
    [Fact]
    public async Task AdditionalInfo_OfAnApi_NamesTheSubscribedApplications()
    {
        var api = await shared.Portal.PublishAsync(shared.NewName("Wanted"), shared.Backend.Url);
        var (name, other) = (shared.NewName("Wanting"), await shared.Portal.ConsumerAsync(shared.NewName("Other")));
        var consumer = await shared.Portal.ConsumerAsync(name);
        var subscription = await shared.Portal.SubscribeAsync(api, consumer);
        var listed = await shared.Admin.GetAsync($"{Portal.DevPortal}/subscriptions/{api}/additionalInfo").ExpectAsync(200);
        var info = Assert.Single(listed["list"]!.AsArray())!;
        Assert.Equal((subscription, name, api), ((string?)info["subscriptionId"], (string?)info["applicationName"], (string?)info["apiId"]));
        Assert.NotEqual(other.ApplicationId, (string?)info["applicationId"]);
        await shared.Admin.GetAsync($"{Portal.DevPortal}/subscriptions/none/additionalInfo").ExpectErrorAsync(404, "900308");
    }

    [Fact]
    public async Task TopicsAndCallbacks_OfHttpApis_AreNone()
    {
        var api = await shared.Portal.PublishAsync(shared.NewName("Quiet"), shared.Backend.Url);
        var consumer = await shared.Portal.ConsumerAsync(shared.NewName("Listener"));
        Assert.Equal(0, (int)(await shared.Admin.GetAsync($"{Portal.DevPortal}/apis/{api}/topics").ExpectAsync(200))["count"]!);
        var callbacks = $"{Portal.DevPortal}/webhooks/subscriptions?applicationId=";
        Assert.Equal(0, (int)(await shared.Admin.GetAsync(callbacks + consumer.ApplicationId).ExpectAsync(200))["count"]!);
        await shared.Admin.GetAsync(callbacks + "none").ExpectErrorAsync(404, "900307");
    }
}
