using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.FrontDoor;

/// <summary>An API behind the gateway with a recording backend, and a token for it.</summary>
public sealed class FrontDoorApi : IAsyncDisposable
{
    public required RecordingBackend Backend { get; init; }

    /// <summary>Context and version.</summary>
    public required string Path { get; init; }

    public required string Token { get; init; }

    public required Uri Url { get; init; }

    /// <param name="shared">The node.</param>
    /// <param name="more">Fields of the API.</param>
    public static async Task<FrontDoorApi> PublishAsync(SharedNode shared, JsonObject? more = null)
    {
        var backend = await RecordingBackend.StartAsync();
        var name = shared.NewName("FrontDoor");
        var api = await shared.Portal.PublishAsync(name, backend.Url, more);
        var consumer = await shared.Portal.ConsumerAsync(shared.NewName("Visitor"));
        var subscription = await shared.Portal.SubscribeAsync(api, consumer);
        await Wait.UntilAsync("the gateway to know the subscription", TimeSpan.FromSeconds(5), async () =>
            (await shared.Admin.GetAsync("/api/am/gateway/v2/state")).Body.Contains(subscription, StringComparison.Ordinal));
        return new FrontDoorApi
        {
            Backend = backend,
            Path = $"/{name.ToLowerInvariant()}/1.0.0",
            Token = await shared.Portal.TokenAsync(consumer),
            Url = new Uri(shared.Node.GatewayHttpUrl),
        };
    }

    public ValueTask DisposeAsync() => Backend.DisposeAsync();
}
