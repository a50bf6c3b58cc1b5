using Tollgate.Flows.Harness;

namespace Tollgate.Stress.Limits;

/// <summary>Load on all gateways of a cluster, and what was let through in each window.</summary>
internal sealed class Accuracy : IAsyncDisposable
{
    private readonly int _windowSeconds;
    private readonly OfferedLoad[] _loads;
    private readonly long _startedAt = System.Diagnostics.Stopwatch.GetTimestamp();

    /// <param name="cluster">Its gateways.</param>
    /// <param name="windowSeconds">Length of the limit's window.</param>
    /// <param name="perSecond">Calls per second, per gateway.</param>
    public Accuracy(LimitCluster cluster, int windowSeconds, params double[] perSecond)
    {
        _windowSeconds = windowSeconds;
        var request = OfferedLoad.Request(LimitCluster.Path, cluster.Token);
        _loads = [.. cluster.Gateways.Zip(perSecond, (gateway, rate) => new OfferedLoad(gateway.GatewayHttpUrl, request, rate, windowSeconds).Start())];
    }

    public long Window => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / (_windowSeconds * 1000);

    public long Slow => _loads.Sum(load => load.Slow);

    public IReadOnlyCollection<string> Failures => [.. _loads.SelectMany(load => load.Failures)];

    public long AdmittedIn(long window) => _loads.Sum(load => load.AdmittedIn(window));

    /// <summary>Waits until a part of a window is over.</summary>
    public Task UntilAsync(long window, double part) => Wait.UntilAsync(
        "a time in a window", TimeSpan.FromSeconds(_windowSeconds * 2.5),
        () => Task.FromResult(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() >= (window + part) * _windowSeconds * 1000));

    /// <summary>The next whole windows, after one in which gateways got to know the load.</summary>
    public async Task<long[]> MeasureAsync(int windows)
    {
        var first = Window + 2;
        await UntilAsync(first, 0);
        for (var window = first; window < first + windows; window++)
        {
            await UntilAsync(window, 1.02);
        }

        var counts = Enumerable.Range(0, windows).Select(index => AdmittedIn(first + index)).ToArray();
        var offered = _loads.Sum(load => load.Answered) / System.Diagnostics.Stopwatch.GetElapsedTime(_startedAt).TotalSeconds;
        Say($"let through: {string.Join(", ", counts)}; offered {offered:F0}/s; slower than 0.5 s: {Slow}; failures: {Failures.Count}");
        return counts;
    }

    public static void Say(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);

    public async ValueTask DisposeAsync()
    {
        foreach (var load in _loads)
        {
            await load.StopAsync();
        }
    }
}
