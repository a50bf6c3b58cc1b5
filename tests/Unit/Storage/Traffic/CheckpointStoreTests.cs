using Tollgate.Storage.Traffic;

namespace Tollgate.Unit.Storage.Traffic;

/// <summary>What a traffic manager saved belongs to the one that took the partition last.</summary>
public sealed class CheckpointStoreTests
{
    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Save_AfterTheNextOneTookOver_IsRefusedAndChangesNothing(string product)
    {
        const int Partition = 7;
        var store = new CheckpointStore((await Worlds.OfAsync(product)).Shared, TimeProvider.System);

        var first = (await TakeAsync(store))!;
        Assert.True(await store.SaveAsync(Partition, first.Epoch, [1, 2, 3], CancellationToken.None));
        var second = (await TakeAsync(store))!;
        Assert.Equal([1, 2, 3], second.Counters);
        Assert.True(second.Epoch > first.Epoch);

        Assert.False(await store.SaveAsync(Partition, first.Epoch, [9], CancellationToken.None));
        Assert.True(await store.SaveAsync(Partition, second.Epoch, [4], CancellationToken.None));
        Assert.Equal([4], (await TakeAsync(store))!.Counters);
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Take_OnlyWhenAbandoned_LeavesAPartitionWhoseOwnerSaves(string product)
    {
        const int Partition = 8;
        var store = new CheckpointStore((await Worlds.OfAsync(product)).Shared, TimeProvider.System);
        var owner = (await store.TakeAsync(Partition, long.MaxValue, CancellationToken.None))!;
        Assert.True(await store.SaveAsync(Partition, owner.Epoch, [1], CancellationToken.None));

        Assert.Null(await store.TakeAsync(Partition, TimeProvider.System.GetUtcNow().AddMinutes(-1).ToUnixTimeMilliseconds(), CancellationToken.None));
        Assert.True(await store.SaveAsync(Partition, owner.Epoch, [2], CancellationToken.None));
    }

    private static Task<TakenPartition?> TakeAsync(CheckpointStore store) => store.TakeAsync(7, long.MaxValue, CancellationToken.None);
}
