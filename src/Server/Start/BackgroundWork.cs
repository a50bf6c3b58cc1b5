using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tollgate.Storage.Runtime;
using Tollgate.Storage.Users;
using Tollgate.Storage.Workflows;
using Tollgate.Storage.Traffic;

namespace Tollgate.Server.Start;

/// <summary>Work that repeats: carry over what a crash left in the outbox, and delete what has expired.</summary>
internal sealed partial class BackgroundWork(
    OutboxRelay outbox, AccountRequests accounts, Housekeeping housekeeping, Retention retention, PermitStore permits, TimeProvider time,
    ILogger<BackgroundWork> log)
    : BackgroundService
{
    private static readonly TimeSpan SweepPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HousekeepingPause = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        RepeatAsync("outbox", SweepPause, outbox.RelayAsync, stoppingToken),
        RepeatAsync("decisions about accounts", SweepPause, accounts.SettleAsync, stoppingToken),
        RepeatAsync("housekeeping", HousekeepingPause, () => housekeeping.RunAsync(stoppingToken), stoppingToken),
        RepeatAsync("retention", HousekeepingPause, () => retention.RunAsync(stoppingToken), stoppingToken),
        RepeatAsync("permits of windows that are over", HousekeepingPause, () => permits.ForgetAsync(stoppingToken), stoppingToken));

    private async Task RepeatAsync(string what, TimeSpan pause, Func<Task> work, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(pause, time);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                await work();
            }
            catch (Exception error) when (!stopping.IsCancellationRequested && error is not OutOfMemoryException)
            {
                Failed(log, what, error.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Repeated work ({What}) failed and will be tried again: {Reason}")]
    private static partial void Failed(ILogger log, string what, string reason);
}
