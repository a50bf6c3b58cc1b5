using Tollgate.Storage.Environments;

namespace Tollgate.Unit.Storage;

/// <summary>Gateways that several control nodes write down.</summary>
public sealed class GatewayStoreTests
{
    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Saw_ByTwoControlNodes_KeepsTheFirstTimeAndTheLatestSight(string product)
    {
        using var world = await World.CreateAsync(product);
        var store = new GatewayStore(world.Apim);
        var first = new SeenGateway("g", "gateway-worker", ["Default"], 5, 1_000);

        await store.SawAsync(first);
        await store.SawAsync(first with { Version = 9, SeenAt = 3_000, Environments = ["Europe", "Asia"] });
        await store.SawAsync(first with { Version = 7, SeenAt = 2_000 });

        var only = Assert.Single(await store.ListAsync());
        Assert.Equal((9, 1_000, 3_000), (only.Version, only.FirstSeenAt, only.SeenAt));
        Assert.Equal(["Europe", "Asia"], only.Environments);
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Saw_ForTheFirstTimeByManyAtOnce_IsOneGateway(string product)
    {
        using var world = await World.CreateAsync(product);
        var store = new GatewayStore(world.Apim);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => store.SawAsync(new SeenGateway("g", "default", [], i, i)))));

        Assert.Equal(7, Assert.Single(await store.ListAsync()).Version);
    }
}
