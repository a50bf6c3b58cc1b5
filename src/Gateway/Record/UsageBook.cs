using System.Collections.Concurrent;
using System.Diagnostics;

namespace Tollgate.Gateway.Record;

/// <summary>Counts of calls per API, operation, application and status, since the gateway started.</summary>
internal sealed class UsageBook
{
    // Far more than any real mix; beyond it new combinations are counted together, so that nobody can fill the memory.
    private const int MostEntries = 100_000;
    private static readonly UsageKey Others = new("", "", "", "", 0);

    private readonly ConcurrentDictionary<UsageKey, UsageCount> _counts = new();

    public void Record(Exchange exchange, int status)
    {
        var key = exchange.Api is { } api
            ? new UsageKey(
                api.Deployed.ApiId, exchange.Operation?.Verb ?? "", exchange.Operation?.Target ?? "",
                exchange.Standing?.Application?.Id ?? "", status)
            : new UsageKey("", "", "", "", status);
        if (!_counts.TryGetValue(key, out var count))
        {
            count = _counts.GetOrAdd(_counts.Count < MostEntries ? key : Others, static _ => new UsageCount());
        }

        count.Add(Stopwatch.GetElapsedTime(exchange.StartedAt));
    }

    public IReadOnlyList<UsageLine> Read() =>
        [.. _counts.Select(entry => new UsageLine(entry.Key, entry.Value.Calls, entry.Value.Microseconds))];
}

/// <summary>What calls are counted by.</summary>
internal readonly record struct UsageKey(string ApiId, string Verb, string Target, string ApplicationId, int Status);

/// <summary>One line of the book.</summary>
internal sealed record UsageLine(UsageKey Key, long Calls, long Microseconds);

/// <summary>A count that many threads add to.</summary>
internal sealed class UsageCount
{
    private long _calls;
    private long _microseconds;

    public long Calls => Volatile.Read(ref _calls);

    /// <summary>Sum of the calls' durations.</summary>
    public long Microseconds => Volatile.Read(ref _microseconds);

    public void Add(TimeSpan duration)
    {
        Interlocked.Increment(ref _calls);
        Interlocked.Add(ref _microseconds, duration.Ticks / TimeSpan.TicksPerMicrosecond);
    }
}
