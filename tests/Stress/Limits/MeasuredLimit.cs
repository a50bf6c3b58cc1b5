using System.Globalization;
using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Stress.Limits;

/// <summary>Load under one of a cluster's limits, with times of answers apart for when something is broken and when nothing is.</summary>
internal sealed class MeasuredLimit(LimitCluster cluster, int number, int windowSeconds, params double[] perSecond) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public Accuracy Load { get; } = new(cluster, cluster.Tokens[number], windowSeconds, perSecond);

    public Latencies WithFault { get; } = new();

    public Latencies Without { get; } = new();

    public void NoteCalm() => Load.Note(Without);

    public void NoteFault() => Load.Note(WithFault);

    public void NoteNothing() => Load.Note(null);

    public IEnumerable<long> Admitted(long first, long last)
    {
        for (var window = first; window <= last; window++)
        {
            yield return Load.AdmittedIn(window);
        }
    }

    /// <summary>What went wrong at all gateways but one.</summary>
    public IEnumerable<string> Failures(int? except) =>
        Enumerable.Range(0, cluster.Gateways.Count).Where(gateway => gateway != except).SelectMany(Load.FailuresAt);

    /// <summary>Waits until a traffic manager knows of a call that was let through after now.</summary>
    /// <param name="broken">The one that may be unable to answer, unless it is another part that broke.</param>
    /// <param name="atMost">How long to wait.</param>
    public async Task GoesOnAsync(TestNode broken, TimeSpan atMost)
    {
        var (window, before) = (Load.Window, Load.AdmittedIn(Load.Window));
        using var patience = new CancellationTokenSource(atMost);
        await Task.WhenAny(cluster.Managers.Select(manager => KnowsOfAsync(manager, window, before, patience.Token)));
        Assert.False(patience.IsCancellationRequested, $"no traffic manager goes on counting after {atMost}, {broken.Output}");
    }

    public void Report(long first, long last, IReadOnlyCollection<long> broken)
    {
        var counts = Enumerable.Range(0, (int)(last - first + 1)).Select(index => first + index)
            .Select(window => $"{(broken.Contains(window) ? "*" : "")}{Load.AdmittedIn(window)} ({Load.PartsOf(window)})");
        Accuracy.Say($"limit {number} let through (* with a fault): {string.Join(", ", counts)}");
        Accuracy.Say($"  answers with a fault: {WithFault}; without: {Without}; {string.Join("; ", Load.Failures.Distinct().Take(5))}");
    }

    public ValueTask DisposeAsync() => Load.DisposeAsync();

    private async Task KnowsOfAsync(TestNode manager, long window, long before, CancellationToken cancellation)
    {
        using var http = manager.CreateClient();
        var caller = Caller.Basic(http, manager.ManagementUrl, "admin", TestHome.AdminPassword);
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                var counters = await caller.GetAsync($"{Portal.Admin}/throttling/counters?key={LimitCluster.PlanOf(number)}")
                    .WaitAsync(cancellation);
                if (counters.Code == 200 && counters.Json["list"]!.AsArray().Sum(TotalOf) > before)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It is the one that was killed.
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Pause, CancellationToken.None);
        }

        long TotalOf(JsonNode? counter) => DateTimeOffset.Parse((string)counter!["windowStart"]!, CultureInfo.InvariantCulture).ToUnixTimeSeconds() is var start
            && start / windowSeconds == window ? (long)counter["total"]! : 0;
    }
}
