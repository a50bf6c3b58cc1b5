using System.Diagnostics;
using Tollgate.Flows.Harness;

namespace Tollgate.Stress.Limits;

/// <summary>Load on all gateways of a cluster under one of its limits, and what was let through in each window.</summary>
internal sealed class Accuracy : IAsyncDisposable
{
    private readonly int _windowSeconds;
    private readonly OfferedLoad[] _loads;
    private readonly long _startedAt = Stopwatch.GetTimestamp();

    /// <param name="cluster">Its gateways.</param>
    /// <param name="token">Of the application that is limited.</param>
    /// <param name="windowSeconds">Length of the limit's window.</param>
    /// <param name="perSecond">Calls per second, per gateway.</param>
    public Accuracy(LimitCluster cluster, string token, int windowSeconds, params double[] perSecond)
    {
        _windowSeconds = windowSeconds;
        var request = OfferedLoad.Request(LimitCluster.Path, token);
        _loads = [.. cluster.Gateways.Zip(perSecond, (gateway, rate) => new OfferedLoad(gateway.GatewayHttpUrl, request, rate, windowSeconds).Start())];
    }

    public long Window => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / (_windowSeconds * 1000);

    /// <summary>Answers per second since the load began.</summary>
    public double Offered => _loads.Sum(load => load.Answered) / Stopwatch.GetElapsedTime(_startedAt).TotalSeconds;

    /// <summary>What went wrong at a gateway.</summary>
    public IReadOnlyCollection<string> FailuresAt(int gateway) => _loads[gateway].Failures;

    public IReadOnlyCollection<string> Failures => [.. _loads.SelectMany(load => load.Failures)];

    public long AdmittedIn(long window) => _loads.Sum(load => load.AdmittedIn(window));

    /// <summary>What each gateway let through in a window.</summary>
    public string PartsOf(long window) => string.Join("+", _loads.Select(load => load.AdmittedIn(window)));

    /// <summary>Where times of answers are noted from here on.</summary>
    public void Note(Latencies? latencies)
    {
        foreach (var load in _loads)
        {
            load.Note(latencies);
        }
    }

    /// <summary>Waits until a part of a window is over.</summary>
    public Task UntilAsync(long window, double part) => Wait.UntilAsync(
        "a time in a window", TimeSpan.FromSeconds(_windowSeconds * 2.5),
        () => Task.FromResult(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() >= (window + part) * _windowSeconds * 1000));

    /// <summary>The next whole windows, after one in which gateways got to know the load.</summary>
    public async Task<long[]> MeasureAsync(int windows)
    {
        var latencies = new Latencies();
        var first = Window + 2;
        await UntilAsync(first, 0);
        Note(latencies);
        for (var window = first; window < first + windows; window++)
        {
            await UntilAsync(window, 1.02);
        }

        var counts = Enumerable.Range(0, windows).Select(index => AdmittedIn(first + index)).ToArray();
        Say($"let through: {string.Join(", ", Enumerable.Range(0, windows).Select(index => $"{counts[index]} ({PartsOf(first + index)})"))}");
        Say($"offered {Offered:F0}/s; {latencies}; failures: {Failures.Count}");
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
