using Microsoft.Extensions.Logging.Abstractions;
using Tollgate.Model;
using Tollgate.Security.Secrets;
using Tollgate.Server.Options;
using Tollgate.Server.Start;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Audit;
using Tollgate.Unit.Storage;

namespace Tollgate.Unit.Server.Start;

/// <summary>What is kept of what people did, and how long.</summary>
public sealed class RetentionTests
{
    private const int PerDay = 300;

    private static readonly MasterKey Key = new(new byte[32]);

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Run_WithoutSettings_KeepsEverything(string product)
    {
        using var world = await FilledAsync(product);
        await RunAsync(world, new RetentionOptions());
        Assert.Equal((3, 3 * PerDay), await LeftAsync(world));
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Run_WithDays_DeletesWhatIsOlder(string product)
    {
        using var world = await FilledAsync(product);
        await RunAsync(world, new RetentionOptions { AuditLogDays = 2, ApiHistoryDays = 1 });
        Assert.Equal((2, PerDay), await LeftAsync(world));
        Assert.Equal(new AuditVerdict(2, null, 1), await new AuditChains(world.Apim, Key).VerifyAsync(CancellationToken.None));
    }

    // Three days: today, a day and a half ago, two days and a half ago.
    private static async Task<World> FilledAsync(string product)
    {
        var world = await World.CreateAsync(product);
        var audit = new AuditStore(world.Apim, Key, new AuditNode("one"));
        for (var day = 2; day >= 0; day--)
        {
            var time = day == 0 ? TimeProvider.System.GetUtcNow() : TimeProvider.System.GetUtcNow().AddDays(-day - 0.5);
            await audit.AppendAsync(Entry(time.ToUnixTimeMilliseconds()));
            await world.Apim.WriteAsync(async db =>
            {
                for (var i = 0; i < PerDay; i++)
                {
                    await ApiChangeRows.AddAsync(db, "api", "api.updated", "", [], "admin", time);
                }

                return 0;
            });
        }

        return world;
    }

    private static Task RunAsync(World world, RetentionOptions options) => new Retention(
        new AuditChains(world.Apim, Key), new ApiChangeStore(world.Apim), options, TimeProvider.System, NullLogger<Retention>.Instance)
        .RunAsync(CancellationToken.None);

    private static async Task<(int Audit, int History)> LeftAsync(World world) => (
        (await new AuditStore(world.Apim, Key, new AuditNode("one")).ListAsync(new AuditQuery(), new PageRequest(0, 1))).Total,
        (await new ApiChangeStore(world.Apim).ListAsync("api", new PageRequest(0, 1))).Total);

    private static AuditEntry Entry(long time) => new()
    {
        Organization = "o",
        UserName = "u",
        HappenedAt = time,
        Method = "PUT",
        Route = "/r",
        Target = "/r",
        Status = 200,
        Correlation = "c",
        Details = "{}",
    };
}
