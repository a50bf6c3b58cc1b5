using Tollgate.Gateway;
using Tollgate.Gateway.Throttle;
using Tollgate.Gateway.Throttle.Report;
using Tollgate.Model;
using Tollgate.Model.Events;
using Tollgate.Unit.TrafficManager.Simulation;

namespace Tollgate.Unit.Gateway.Throttle;

/// <summary>What operators see of limits that gateways share.</summary>
public sealed class LimitMetersTests
{
    private const string Key = "key";
    private const long Minute = 60_000;

    private readonly SimulatedTime _time = new();
    private readonly CounterTable _counters;
    private readonly UsageReports _reports;
    private long _number;

    public LimitMetersTests()
    {
        _counters = new CounterTable(new SharedClock(new SimulatedClock(_time, 0)), isShared: true);
        _reports = new UsageReports(_counters, "gateway");
    }

    [Theory]
    [InlineData(false, QuotaWindow.Fixed, 5)]
    [InlineData(true, QuotaWindow.Fixed, 0)]
    [InlineData(false, QuotaWindow.Sliding, 9)]
    public void Overshoot_AsAnnounced_IsNotedOnceAndNotOfSoftQuotas(bool isSoft, QuotaWindow window, long expected)
    {
        _counters.LimitOf(Key, new Quota(QuotaKind.Requests, 100, "min", 1) { Window = window }, isSoft ? null : Faults.SubscriptionLimit);
        _time.RunUntil(_time.Now + Minute - (_time.Now % Minute));
        Announce(90);
        Announce(103);
        Announce(103);
        Announce(105);
        Assert.Equal(expected, Read("tollgate_gateway_limits_over_total"));
    }

    [Fact]
    public void CutOff_BeforeAnythingIsHeardAndAfterSilence_CountsThePartitions()
    {
        Assert.Equal(Partition.Count, Read("tollgate_gateway_limits_cut_off_partitions"));
        Announce(1);
        Assert.Equal(Partition.Count - 1, Read("tollgate_gateway_limits_cut_off_partitions"));
        _time.RunUntil(_time.Now + 2_000);
        Assert.Equal(Partition.Count, Read("tollgate_gateway_limits_cut_off_partitions"));
    }

    [Fact]
    public void Lag_OfASlowAnnouncement_IsItsDelayAgainstTheQuickest()
    {
        Announce(1);
        Announce(2, age: 70);
        var samples = Samples("tollgate_gateway_limits_announcement_lag_seconds");
        Assert.Equal((2, 0.07), (samples[^1].Number, samples[^2].Number));
    }

    // Four are left of a window before.
    private void Announce(long total, long age = 0) => _reports.Hear(new Announcement(
        "manager", Partition.Of(Key), ++_number, _number - 1, _time.Now - age, 2, [],
        [
            new Announced(Key, _time.Now - (_time.Now % Minute), Minute, total, 0, 0, [], new Carryover(QuotaWindow.Sliding, Minute, 4, 0)),
        ]));

    private double Read(string name) => Samples(name)[0].Number;

    private IReadOnlyList<Tollgate.Model.Metrics.MetricSample> Samples(string name) =>
        _counters.ReadMetrics().Single(family => family.Name == name).Samples;
}
