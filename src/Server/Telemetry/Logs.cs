using System.Globalization;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;
using Serilog.Formatting.Json;
using Tollgate.Server.Configuration;
using Tollgate.Server.Options;

namespace Tollgate.Server.Telemetry;

/// <summary>Logs: one line per event on the console, and in a file per day under repository/logs.</summary>
internal static class Logs
{
    private const string Template =
        "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {SourceContext}: {Message:lj}{CorrelationTail}{NewLine}{Exception}";

    private const long MostFileBytes = 100 * 1024 * 1024;
    private const int FilesKept = 14;

    /// <param name="home">Home folder.</param>
    /// <param name="options">Format and levels.</param>
    /// <param name="level">Lowest level of everything; may change while the node runs.</param>
    /// <param name="consoleLevel">Lowest level of the console; null for the same.</param>
    public static Logger Create(string home, TelemetryOptions options, LoggingLevelSwitch level, string? consoleLevel)
    {
        var console = consoleLevel is null ? level : new LoggingLevelSwitch(LogLevels.Parse(consoleLevel));
        var format = Format(options.LogFormat);
        return new LoggerConfiguration()
            .MinimumLevel.ControlledBy(level)
            // The program says itself why it does not start, in one line.
            .Filter.ByExcluding(entry => entry.MessageTemplate.Text == "Hosting failed to start")
            // The web framework narrates every request at Information.
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .Enrich.FromLogContext()
            .WriteTo.Console(format, levelSwitch: console, standardErrorFromLevel: LogEventLevel.Verbose)
            .WriteTo.File(
                format, Path.Combine(home, "repository", "logs", "tollgate-.log"),
                rollingInterval: RollingInterval.Day, fileSizeLimitBytes: MostFileBytes, rollOnFileSizeLimit: true,
                retainedFileCountLimit: FilesKept)
            .CreateLogger();
    }

    private static ITextFormatter Format(string name) => name switch
    {
        "text" => new MessageTemplateTextFormatter(Template, CultureInfo.InvariantCulture),
        "json" => new JsonFormatter(renderMessage: true, formatProvider: CultureInfo.InvariantCulture),
        _ => throw new ConfigurationException($"log.format '{name}' is neither text nor json."),
    };
}
