using Tollgate.Storage;
using Tollgate.Storage.Traffic;
using static Tollgate.Unit.Storage.Rows;

namespace Tollgate.Unit.Storage.Traffic;

/// <summary>No permit is handed out twice, whoever asks.</summary>
public sealed class PermitStoreTests
{
    private const long Minute = 60_000;
    private const long Start = 1_000 * Minute;

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Take_ByTrafficManagersAtTheSameTime_GivesNoMoreThanTheLimit(string product)
    {
        var world = await Worlds.OfAsync(product);
        var key = NewName("key");
        using var database = world.Connect();
        SharedDatabase[] nodes = [world.Shared, new SharedDatabase(database)];

        var taken = await Task.WhenAll(nodes.SelectMany(node => Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var sum = 0L;
            for (var i = 0; i < 10; i++)
            {
                sum += await TakeAsync(node, Request(key, Start, 3));
            }

            return sum;
        }))));

        Assert.Equal(100, taken.Sum());
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Take_InTheNextWindow_BeginsAnewAndTheLastOneStaysOver(string product)
    {
        var world = await Worlds.OfAsync(product);
        var key = NewName("key");

        Assert.Equal(100, await TakeAsync(world.Shared, Request(key, Start, 120)));
        Assert.Equal(100, await TakeAsync(world.Shared, Request(key, Start + Minute, 120)));
        Assert.Equal(0, await TakeAsync(world.Shared, Request(key, Start, 1)));
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Forget_WindowsThatEndedLongAgo_AreGone(string product)
    {
        var world = await Worlds.OfAsync(product);
        var key = NewName("key");
        Assert.Equal(100, await TakeAsync(world.Shared, Request(key, Start, 100)));

        await new PermitStore(world.Shared, TimeProvider.System).ForgetAsync(CancellationToken.None);

        Assert.Equal(100, await TakeAsync(world.Shared, Request(key, Start, 100)));
    }

    private static async Task<long> TakeAsync(SharedDatabase node, PermitRequest request) =>
        Assert.Single(await new PermitStore(node, TimeProvider.System).TakeAsync([request], CancellationToken.None));

    private static PermitRequest Request(string key, long start, long amount) => new(key, start, Minute, 100, amount);
}
