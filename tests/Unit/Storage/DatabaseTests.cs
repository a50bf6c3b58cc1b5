using Tollgate.Model;
using Tollgate.Storage;
using static Tollgate.Unit.Storage.Rows;

namespace Tollgate.Unit.Storage;

public sealed class DatabaseTests
{
    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Write_ThatFails_LeavesNothing(string product)
    {
        using var world = await World.CreateAsync(product);
        var before = await world.Apim.CursorAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => world.Apim.ChangeAsync<int>(async db =>
        {
            await db.ExecuteAsync("INSERT INTO master_key_checks (name, sealed_value) VALUES ('half', @nothing)", new { nothing = Array.Empty<byte>() });
            throw new InvalidOperationException("half way");
        }));

        Assert.Equal(before, await world.Apim.CursorAsync());
        Assert.False(await world.Database.ReadAsync(db => db.AnyAsync("SELECT 1 FROM master_key_checks WHERE name = 'half'")));
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Write_BehindAStuckWriter_IsAnsweredBusyAndWorksOnceItEnds(string product)
    {
        using var world = await World.CreateAsync(product);
        var holds = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var stuck = world.Apim.ChangeAsync(async _ =>
        {
            holds.TrySetResult();
            await release.Task;
            return 0;
        });
        await holds.Task;

        var refusal = await Assert.ThrowsAsync<Refusal>(() => world.Applications.CreateAsync(Application("org", "Waiting")));

        Assert.Equal(503, refusal.Status);
        // Reading goes on.
        await world.Apim.CursorAsync();
        release.SetResult();
        await stuck;
        await world.Applications.CreateAsync(Application("org", "Waiting"));
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Write_TheSameKeyTwice_IsADuplicate(string product)
    {
        using var world = await World.CreateAsync(product);
        Task<int> InsertAsync() => world.Database.WriteAsync(db => db.ExecuteAsync(
            "INSERT INTO master_key_checks (name, sealed_value) VALUES ('twice', @nothing)", new { nothing = Array.Empty<byte>() }));

        await InsertAsync();

        await Assert.ThrowsAsync<DuplicateException>(InsertAsync);
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Write_ValueThatNoRowHolds_IsStoredOrRefused(string product)
    {
        var applications = (await Worlds.OfAsync(product)).Applications;
        string[] values = [new('x', 5000), "nul\0inside"];
        foreach (var value in values)
        {
            Assert.Contains(await ApiStoreTests.OutcomeAsync(() => applications.CreateAsync(Application(NewName("org"), value))), (int[])[0, 400]);
        }
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Stream_AbandonedEarly_LeavesAUsableDatabase(string product)
    {
        var world = await Worlds.OfAsync(product);
        var organization = NewName("org");
        for (var index = 0; index < 250; index++)
        {
            await world.Roles.CreateAsync(new Role { Id = NewId(), Organization = organization, Name = $"Role{index}" });
        }

        const string Query = "SELECT name FROM roles WHERE organization = @organization";
        Assert.NotNull(await world.Database.ReadAsync(db => FirstAsync(db.StreamAsync<string>(Query, new { organization }))));
        Assert.Equal(250, await world.Database.SnapshotAsync(
            db => CountAsync(db.StreamAsync<string>(Query, new { organization })), TestContext.Current.CancellationToken));
    }

    private static async Task<string> FirstAsync(IAsyncEnumerable<string> rows)
    {
        await foreach (var row in rows)
        {
            return row;
        }

        return "";
    }

    private static async Task<int> CountAsync(IAsyncEnumerable<string> rows)
    {
        var count = 0;
        await foreach (var _ in rows)
        {
            count++;
        }

        return count;
    }
}
