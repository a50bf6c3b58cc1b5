using Tollgate.Gateway;
using Tollgate.Gateway.Throttle;
using Tollgate.Gateway.Throttle.Report;
using Tollgate.Model;
using Tollgate.Model.Events;
using Tollgate.Unit.TrafficManager.Simulation;

namespace Tollgate.Unit.Gateway.Throttle;

/// <summary>The only gateway keeps nothing free for others: whatever is asked for, it is asked of itself.</summary>
public sealed class LoneGatewayTests
{
    private const string Key = "key";
    private const long Minute = 60_000;

    private readonly SimulatedTime _time = new();

    // The sum is made from a message that this gateway no longer remembers, or says in single precision what it said in double.
    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 50)]
    public void Room_AfterASumWithDemand_IsAllOfItWhereThereAreNoOthers(int gateways, int most)
    {
        var counters = new CounterTable(new SharedClock(new SimulatedClock(_time, 0)), isShared: true);
        var limit = counters.LimitOf(Key, new Quota(QuotaKind.Requests, 100, "min", 1), Faults.SubscriptionLimit);
        new UsageReports(counters, "gateway").Hear(new Announcement(
            "manager", Partition.Of(Key), 1, 0, _time.Now, gateways, [],
            [new Announced(Key, _time.Now - (_time.Now % Minute), Minute, 0, 0, 5_000.1, [])]));
        Assert.InRange(limit.Remaining(_time.Now), gateways == 1 ? most : 0, most);
    }
}
