using System.Security.Cryptography;

namespace Tollgate.Eventing.RabbitMq;

/// <summary>How long to wait before the next attempt: twice as long each time up to a bound, and never the same for all nodes.</summary>
internal static class Pause
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    public static Task AfterAsync(int attempt, TimeProvider time, CancellationToken cancellation) =>
        Task.Delay(After(attempt, RandomNumberGenerator.GetInt32(1000) / 1000.0), time, cancellation);

    /// <param name="attempt">Attempts that failed before, from 0.</param>
    /// <param name="chance">From 0 up to and without 1.</param>
    public static TimeSpan After(int attempt, double chance)
    {
        var most = Math.Min(First.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 20)), Longest.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(most * (0.5 + (chance / 2)));
    }
}
