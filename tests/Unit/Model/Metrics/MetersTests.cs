using Tollgate.Model.Metrics;

namespace Tollgate.Unit.Model.Metrics;

public sealed class MetersTests
{
    private const int Threads = 8;
    private const int Rounds = 20_000;

    [Fact]
    public void StripedCounter_AddedToByManyThreads_LosesNothing()
    {
        var counter = new StripedCounter();
        Parallel.For(0, Threads, _ =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                counter.Add();
            }
        });
        Assert.Equal(Threads * Rounds, counter.Read());
    }

    [Theory]
    [InlineData(0, "0.0005")]
    [InlineData(500, "0.0005")]
    [InlineData(501, "0.001")]
    [InlineData(1_000_000, "1")]
    [InlineData(60_000_000, "60")]
    [InlineData(60_000_001, "+Inf")]
    public void LatencyHistogram_OfOneDuration_CountsItFromItsBucketOn(int microseconds, string bucket)
    {
        var histogram = new LatencyHistogram();
        histogram.Observe(TimeSpan.FromMicroseconds(microseconds));
        var samples = histogram.Read().ToList();
        var buckets = samples.Where(sample => sample.Suffix == "_bucket").ToList();
        Assert.Equal(bucket, buckets.First(sample => sample.Number > 0).Labels[^1].Text);
        Assert.Equal("+Inf", buckets[^1].Labels[^1].Text);
        Assert.Equal(1, buckets[^1].Number);
        Assert.Equal(1, samples.Single(sample => sample.Suffix == "_count").Number);
        Assert.Equal(microseconds / 1e6, samples.Single(sample => sample.Suffix == "_sum").Number, 9);
    }

    [Fact]
    public void LatencyHistogram_ObservedByManyThreads_LosesNothing()
    {
        var histogram = new LatencyHistogram();
        Parallel.For(0, Threads * Rounds, _ => histogram.Observe(TimeSpan.FromMilliseconds(3)));
        Assert.Equal(Threads * Rounds, histogram.Read().Single(sample => sample.Suffix == "_count").Number);
        Assert.Equal(Threads * Rounds * 0.003, histogram.Read().Single(sample => sample.Suffix == "_sum").Number, 6);
    }

    [Fact]
    public void Meters_OnTheWayOfACall_AllocateNothing()
    {
        var counter = new StripedCounter();
        var histogram = new LatencyHistogram();
        var labelled = new LabelledCounters("x_total", "X.", "code", "status");
        Measure(); // compiles, and makes the counter of these labels
        var before = GC.GetAllocatedBytesForCurrentThread();
        Measure();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Measure()
        {
            for (var i = 0; i < 1000; i++)
            {
                counter.Add();
                histogram.Observe(TimeSpan.FromMilliseconds(i));
                labelled.Add("900902", "401");
            }
        }
    }

    [Fact]
    public void LabelledCounters_OfMoreCombinationsThanTheyHold_CountTheRestTogether()
    {
        var counters = new LabelledCounters("x_total", "X.", "name");
        for (var i = 0; i < 5000; i++)
        {
            counters.Add($"n{i}");
        }

        var samples = counters.Read().Samples;
        Assert.Equal(1001, samples.Count);
        Assert.Equal(4000, samples.Single(sample => sample.Labels[0].Text == "other").Number);
    }
}
