using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

public sealed class AbsentKindsTests(SharedNode shared)
{
    [Theory]
    [InlineData("/throttling-policies/streaming/subscription")]
    [InlineData("/ai-service-providers")]
    [InlineData("/llm-providers")]
    public async Task List_OfWhatThereIsNoneOf_IsEmpty(string path) =>
        Assert.Equal(0, (int)(await shared.Admin.GetAsync(Portal.Publisher + path).ExpectAsync(200))["count"]!);

    [Fact]
    public async Task ExternalStores_OfAnApi_AreNone()
    {
        var api = await shared.Portal.CreateApiAsync(shared.NewName("Inside"), shared.Backend.Url);
        Assert.Equal(0, (int)(await shared.Admin.GetAsync($"{Portal.Publisher}/apis/{api}/external-stores").ExpectAsync(200))["count"]!);
        await shared.Admin.GetAsync($"{Portal.Publisher}/apis/none/external-stores").ExpectErrorAsync(404, "900308");
    }
}
