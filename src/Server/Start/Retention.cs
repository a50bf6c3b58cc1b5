using Microsoft.Extensions.Logging;
using Tollgate.Server.Options;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Audit;

namespace Tollgate.Server.Start;

/// <summary>Deletes what people did long enough ago, where the settings say how long that is.</summary>
internal sealed partial class Retention(
    AuditChains audit, ApiChangeStore history, RetentionOptions options, TimeProvider time, ILogger<Retention> log)
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (options.ApiHistoryDays > 0 && await history.PruneAsync(DaysAgo(options.ApiHistoryDays), cancellation) is > 0 and var changes)
        {
            Removed(log, changes, "changes from the histories of APIs");
        }

        if (options.AuditLogDays > 0)
        {
            var verdict = await audit.PruneAsync(DaysAgo(options.AuditLogDays), cancellation);
            if (verdict.Pruned > 0)
            {
                Removed(log, verdict.Pruned, "entries of the audit log");
            }

            if (verdict.Problem is { } problem)
            {
                Kept(log, problem);
            }
        }
    }

    private long DaysAgo(int days) => time.GetUtcNow().AddDays(-days).ToUnixTimeMilliseconds();

    [LoggerMessage(LogLevel.Information, "{Count} {What} were deleted, because their time was over")]
    private static partial void Removed(ILogger log, long count, string what);

    [LoggerMessage(LogLevel.Error, "The audit log is not whole, and nothing behind that place is deleted from it. {Problem}")]
    private static partial void Kept(ILogger log, string problem);
}
