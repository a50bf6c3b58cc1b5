using System.Diagnostics;

namespace Tollgate.Flows.Harness;

/// <summary>Waits for a condition by asking again, and says how long it took.</summary>
public static class Wait
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    /// <summary>The time until the condition held; fails after <paramref name="atMost"/>.</summary>
    public static async Task<TimeSpan> UntilAsync(string what, TimeSpan atMost, Func<Task<bool>> holds)
    {
        var clock = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(clock.Elapsed < atMost, $"waited {atMost} in vain: {what}");
            await Task.Delay(Pause);
        }

        return clock.Elapsed;
    }
}
