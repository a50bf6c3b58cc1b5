using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tollgate.Server.Configuration;
using Tollgate.Server.Options;

namespace Tollgate.Server.Certificates;

/// <summary>Takes over the listeners' certificates when their files change; connections that are open stay as they are.</summary>
/// <remarks>Looks at the files instead of being told: mounted secrets change by a link far above them, which watchers do not see.</remarks>
internal sealed partial class CertificateReload(
    NodeKeys keys, IReadOnlyList<TlsCertificates> listeners, KeyOptions options, TimeProvider time, ILogger<CertificateReload> log) : BackgroundService
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var known = keys.ListenerStamp();
        using var timer = new PeriodicTimer(options.ReloadInterval > Shortest ? options.ReloadInterval : Shortest, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            known = Look(known);
        }
    }

    // Whatever keeps the files from being read, such as the limit of open files, must not end the node.
    private string Look(string known)
    {
        try
        {
            var stamp = keys.ListenerStamp();
            return stamp != known && TryReload() ? stamp : known;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Unread(log, error.Message);
            return known;
        }
    }

    // A file that is being written is read again at the next look; until it is whole the old certificate stays.
    private bool TryReload()
    {
        try
        {
            var loaded = keys.Listeners();
            foreach (var listener in listeners)
            {
                listener.Replace(loaded);
            }

            Reloaded(log, loaded.Common.Leaf.Subject, loaded.Common.Leaf.NotAfter);
            return true;
        }
        catch (ConfigurationException error)
        {
            Refused(log, error.Message);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "The listeners' certificates were read anew; now {Subject}, until {End:u}")]
    private static partial void Reloaded(ILogger log, string subject, DateTime end);

    [LoggerMessage(LogLevel.Warning, "A listener certificate has changed and cannot be used, the old one stays: {Reason}")]
    private static partial void Refused(ILogger log, string reason);

    [LoggerMessage(LogLevel.Warning, "The listeners' certificates cannot be read just now, those in use stay: {Reason}")]
    private static partial void Unread(ILogger log, string reason);
}
