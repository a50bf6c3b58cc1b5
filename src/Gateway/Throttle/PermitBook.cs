using Tollgate.Model.Events;

namespace Tollgate.Gateway.Throttle;

/// <summary>The permits of one counter that has an exact limit: what was granted, and who waits for more.</summary>
internal sealed class PermitBook
{
    // Permits for what is asked in so many seconds are asked for ahead.
    private const double AheadSeconds = 0.2;

    // By traffic manager, in the window that runs. Used by the thread that hears.
    private readonly Dictionary<string, long> _granted = [];
    private long _windowStart;
    private TaskCompletionSource? _next;

    /// <summary>Completes when permits come.</summary>
    public Task Next
    {
        get
        {
            var next = Volatile.Read(ref _next);
            if (next is null)
            {
                var made = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                next = Interlocked.CompareExchange(ref _next, made, null) ?? made;
            }

            return next.Task;
        }
    }

    /// <summary>How many permits are wanted in all, of which some were used.</summary>
    public static long Wanted(long used, double demand) => used + Math.Max(1, (long)(demand * AheadSeconds));

    /// <summary>Takes what a traffic manager granted to this gateway, as a running total per window.</summary>
    public void Learn(Window window, string trafficManager, Announced announced, string gateway)
    {
        if (announced.WindowStart != window.Start)
        {
            return;
        }

        if (window.Start != _windowStart)
        {
            _granted.Clear();
            _windowStart = window.Start;
        }

        foreach (var grant in announced.Grants)
        {
            var known = _granted.GetValueOrDefault(trafficManager);
            if (grant.Gateway == gateway && grant.Permits > known)
            {
                _granted[trafficManager] = grant.Permits;
                window.Grant(grant.Permits - known);
                Interlocked.Exchange(ref _next, null)?.TrySetResult();
            }
        }
    }
}
