using System.Globalization;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Tollgate.Server.Configuration;

namespace Tollgate.Server.Telemetry;

/// <summary>Logs: one line per event on the console, and in a file per day under repository/logs.</summary>
internal static class Logs
{
    private const string Template = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {SourceContext}: {Message:lj}{NewLine}{Exception}";
    private const long MostFileBytes = 100 * 1024 * 1024;
    private const int FilesKept = 14;

    /// <param name="home">Home folder.</param>
    /// <param name="level">Lowest level of the file, and of the console unless that has its own.</param>
    /// <param name="consoleLevel">Lowest level of the console; null for the same.</param>
    public static Logger Create(string home, string level, string? consoleLevel)
    {
        var lowest = Parse(level);
        return new LoggerConfiguration()
            .MinimumLevel.Is(lowest)
            // The program says itself why it does not start, in one line.
            .Filter.ByExcluding(entry => entry.MessageTemplate.Text == "Hosting failed to start")
            // The web framework narrates every request at Information.
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .WriteTo.Console(
                restrictedToMinimumLevel: consoleLevel is null ? lowest : Parse(consoleLevel), outputTemplate: Template,
                formatProvider: CultureInfo.InvariantCulture, standardErrorFromLevel: LogEventLevel.Verbose)
            .WriteTo.File(
                Path.Combine(home, "repository", "logs", "tollgate-.log"), outputTemplate: Template, formatProvider: CultureInfo.InvariantCulture,
                rollingInterval: RollingInterval.Day, fileSizeLimitBytes: MostFileBytes, rollOnFileSizeLimit: true,
                retainedFileCountLimit: FilesKept)
            .CreateLogger();
    }

    private static LogEventLevel Parse(string level) => Enum.TryParse<LogEventLevel>(level, ignoreCase: true, out var parsed)
        ? parsed
        : throw new ConfigurationException($"log.level '{level}' is none of {string.Join(", ", Enum.GetNames<LogEventLevel>())}.");
}
