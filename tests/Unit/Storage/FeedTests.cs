using Tollgate.Model.Runtime;
using Tollgate.Storage.Runtime;
using static Tollgate.Unit.Storage.Rows;

namespace Tollgate.Unit.Storage;

public sealed class FeedTests
{
    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Read_SinceAVersion_SendsWhatChangedAfterIt(string product)
    {
        using var world = await World.CreateAsync(product);
        await world.Applications.CreateAsync(Application("org", "Before"));
        var before = await world.Apim.CursorAsync();
        var after = Application("org", "After");
        await world.Applications.CreateAsync(after);

        var change = Assert.Single(await ReadAsync(world, before));

        Assert.Equal((RuntimeKind.Application, after.Id, before.Version + 1), (change.Kind, change.Id, change.Version));
        Assert.Equal("After", change.Application!.Name);
        Assert.Empty(await ReadAsync(world, await world.Apim.CursorAsync()));
    }

    [Theory, MemberData(nameof(Products.Servers), MemberType = typeof(Products))]
    public async Task Listen_ChangeOfAnotherNode_IsHeardUntilTheConnectionBreaks(string product)
    {
        using var world = await World.CreateAsync(product);
        Assert.SkipWhen(world.Apim.Listen is null, $"{product} announces nothing: the version is looked up.");
        using var other = world.Connect();
        using var heard = new SemaphoreSlim(0);
        var patience = TimeSpan.FromSeconds(30);
        var listening = world.Apim.Listen!(() => heard.Release(), TestContext.Current.CancellationToken);
        Assert.True(await heard.WaitAsync(patience, TestContext.Current.CancellationToken), "what changed before is looked for");

        await new ApimDatabase(other, new RuntimeSignal()).ChangeAsync(_ => Task.FromResult(0));

        Assert.True(await heard.WaitAsync(patience, TestContext.Current.CancellationToken), "the change was not announced");
        Products.ServerOf(product).Execute(
            "postgres", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{world.Name}' AND query LIKE 'LISTEN%'");
        await Assert.ThrowsAnyAsync<Exception>(() => listening.WaitAsync(patience));
        Assert.False(listening.IsCompletedSuccessfully);
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Read_CursorOfAnotherHistory_SendsEverything(string product)
    {
        using var world = await World.CreateAsync(product);
        await world.Applications.CreateAsync(Application("org", "First"));
        await world.Applications.CreateAsync(Application("org", "Second"));
        var newest = await world.Apim.CursorAsync();

        Assert.Equal(2, (await ReadAsync(world, newest with { Epoch = "other" })).Count);
        Assert.Equal(2, (await ReadAsync(world, newest with { Version = newest.Version + 1 })).Count);
        Assert.Equal(2, (await ReadAsync(world, RuntimeCursor.Start)).Count);
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Read_WhileOthersWrite_SeesOneState(string product)
    {
        using var world = await World.CreateAsync(product);
        await world.Applications.CreateAsync(Application("org", "Before"));

        List<string> names = [];
        await world.Feed.ReadAsync(
            RuntimeCursor.Start,
            new FeedReceiver(
                // The head is read, the tables are not: what comes now belongs to the next answer.
                _ => world.Applications.CreateAsync(Application("org", "Meanwhile")),
                _ => throw new InvalidOperationException("nothing is deployed"),
                change =>
                {
                    names.Add(change.Application!.Name);
                    return ValueTask.CompletedTask;
                }),
            TestContext.Current.CancellationToken);

        Assert.Equal(["Before"], names);
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Change_ManyAtOnce_TakesEveryNumberOnce(string product)
    {
        using var world = await World.CreateAsync(product);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(index => world.Applications.CreateAsync(Application("org", $"App{index}"))));

        Assert.Equal(
            Enumerable.Range(1, 40).Select(number => (long)number), (await ReadAsync(world, RuntimeCursor.Start)).Select(change => change.Version).Order());
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Change_ByAnotherNode_IsSeen(string product)
    {
        using var world = await World.CreateAsync(product);
        using var elsewhere = world.Connect();
        var other = new ApimDatabase(elsewhere, new RuntimeSignal());
        var before = await other.CursorAsync();

        await world.Applications.CreateAsync(Application("org", "Here"));

        Assert.Equal(before.Version + 1, (await other.CursorAsync()).Version);
    }

    internal static async Task<IReadOnlyList<RuntimeChange>> ReadAsync(World world, RuntimeCursor since)
    {
        List<RuntimeChange> changes = [];
        await world.Feed.ReadAsync(
            since,
            new FeedReceiver(
                _ => Task.CompletedTask,
                _ => throw new InvalidOperationException("nothing is deployed"),
                change =>
                {
                    changes.Add(change);
                    return ValueTask.CompletedTask;
                }),
            TestContext.Current.CancellationToken);
        return changes;
    }
}
