using Tollgate.Gateway;
using Tollgate.Gateway.Throttle;
using Tollgate.Model;
using Tollgate.Model.Events;

namespace Tollgate.Unit.Gateway.Throttle;

/// <summary>What a limit lets through while no traffic manager is heard.</summary>
public sealed class OutageTests
{
    private const string Key = "everybody";
    private const int Max = 100;
    private const long Window = 3_600_000;
    private const long Start = 1_000 * Window;
    private const long Silence = PartitionLink.SilenceMilliseconds + 1;

    private readonly CounterTable _shared = new(new SharedClock(TimeProvider.System), isShared: true);

    [Theory]
    [InlineData(QuotaOutage.Closed, 0)]
    [InlineData(QuotaOutage.Open, Max)]
    [InlineData(QuotaOutage.LocalShare, Max)]
    public void Limit_NoTrafficManagerHeardYet_GoesByTheOutageRule(QuotaOutage outage, int expected)
    {
        Assert.Equal(expected, Admitted(LimitOf(_shared, outage), Start));
        Assert.True(LimitOf(_shared, outage).IsCutOff(Start));
    }

    [Fact]
    public void Limit_GatewayAlone_IsNeverCutOff()
    {
        var limit = LimitOf(new CounterTable(new SharedClock(TimeProvider.System), isShared: false), QuotaOutage.Closed);
        Assert.False(limit.IsCutOff(Start));
        Assert.Equal(Max, Admitted(limit, Start));
    }

    [Fact]
    public void Limit_OnlyAnotherPartitionIsHeard_IsDividedAmongTheGatewaysThatItTellsOf()
    {
        OtherPartition().Hear(4, Start, Start);
        Assert.Equal(Max / 4, Admitted(LimitOf(_shared, QuotaOutage.LocalShare), Start));
    }

    [Theory]
    [InlineData(QuotaOutage.Closed, 0)]
    [InlineData(QuotaOutage.Open, Max)]
    [InlineData(QuotaOutage.LocalShare, Max / 2)]
    public void Limit_TrafficManagerFallsSilent_GoesByTheOutageRuleUntilOneIsHeardAgain(QuotaOutage outage, int expected)
    {
        var limit = LimitOf(_shared, outage);
        limit.Counter.Link.Hear(2, Start, Start);
        Assert.False(limit.IsCutOff(Start + Silence - 1));
        Assert.True(limit.IsCutOff(Start + Silence));
        Assert.Equal(expected, Admitted(limit, Start + Silence));

        limit.Counter.Link.Hear(2, Start + Silence, Start + Silence);
        Assert.False(limit.IsCutOff(Start + Silence));
    }

    // Two gateways, a hundred per hour, of which one has used its half, and hears nothing of the other one.
    [Theory]
    [InlineData(QuotaWindow.Sliding, 2 * (Max / 2))]
    [InlineData(QuotaWindow.TokenBucket, 174 * (Max / 2) / 60)]
    public void LimitThatFlowsBack_ThroughALongOutage_KeepsToItsShareOfIt(QuotaWindow window, int expected)
    {
        var quota = new Quota(QuotaKind.Requests, Max, "hour", 1) { Window = window };
        var limit = _shared.LimitOf(Key, quota, Faults.SubscriptionLimit);
        OtherPartition().Hear(2, Start, Start);
        Assert.Equal(Max / 2, Admitted(limit, Start));

        var admitted = 0;
        for (var now = Start + 60_000; now < Start + (3 * Window); now += 60_000)
        {
            admitted += Admitted(limit, now);
        }

        Assert.InRange(admitted, expected - 3, expected);
    }

    [Fact]
    public void ExactLimit_NoTrafficManagerHeardYet_SaysToComeAgainSoon()
    {
        var limit = _shared.LimitOf(
            Key, new Quota(QuotaKind.Requests, Max, "hour", 1) { Accuracy = QuotaAccuracy.Exact }, Faults.SubscriptionLimit);
        Assert.Equal(0, Admitted(limit, Start));
        Assert.Equal(Start + 1_000, limit.RefusedUntil(Start));

        limit.Counter.Link.Hear(2, Start, Start);
        Assert.Equal(Start + Window, limit.RefusedUntil(Start + Silence));
    }

    private PartitionLink OtherPartition() => _shared.Links[(Partition.Of(Key) + 1) % Partition.Count];

    private static Limit LimitOf(CounterTable table, QuotaOutage outage) =>
        table.LimitOf(Key, new Quota(QuotaKind.Requests, Max, "hour", 1) { Outage = outage }, Faults.SubscriptionLimit);

    private static int Admitted(Limit limit, long now)
    {
        var reservations = new Reservations();
        var admitted = 0;
        for (var call = 0; call < 2 * Max; call++)
        {
            reservations.Clear();
            if (limit.TryReserve(1, now, reservations))
            {
                reservations.Admit();
                admitted++;
            }
        }

        return admitted;
    }
}
