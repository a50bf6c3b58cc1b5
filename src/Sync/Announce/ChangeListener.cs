using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tollgate.Storage.Runtime;

namespace Tollgate.Sync.Announce;

/// <summary>Hears the database announce changes of other nodes, where it can: sooner than the poll looks, which goes on all the same.</summary>
internal sealed partial class ChangeListener(ApimDatabase database, VersionPoll versions, TimeProvider time, ILogger<ChangeListener> log) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (database.Listen is not { } listen)
        {
            return;
        }

        for (var pause = FirstPause; !stoppingToken.IsCancellationRequested; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await listen(
                    () =>
                    {
                        pause = FirstPause;
                        versions.Look();
                    },
                    stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested && error is not OutOfMemoryException)
            {
                Broken(log, error.Message, pause.TotalSeconds);
            }

            await Task.Delay(pause, time, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Announcements of changes are not heard: {Reason}. Listening again in {Seconds} s; meanwhile the version is looked up")]
    private static partial void Broken(ILogger log, string reason, double seconds);
}
