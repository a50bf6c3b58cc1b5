using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Serilog.Core;
using Serilog.Events;
using Tollgate.Model;
using Tollgate.Server.Configuration;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Web.Rest;

namespace Tollgate.Server.Telemetry;

/// <summary>The log level of this node, shown and changed while it runs; the next start begins with the configured one.</summary>
internal sealed partial class LogLevels(LoggingLevelSwitch level, ILogger<LogLevels> log)
{
    private const string Path = "/api/am/node/v1/log-level";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, AnswerAsync).Needs(RestScopes.Admin);
        routes.MapPut(Path, ChangeAsync).Needs(RestScopes.Admin);
    }

    public static LogEventLevel Parse(string level) =>
        Find(level) ?? throw new ConfigurationException($"log.level '{level}' is none of {Names}.");

    private static string Names => string.Join(", ", Enum.GetNames<LogEventLevel>());

    private static LogEventLevel? Find(string level) =>
        Enum.TryParse<LogEventLevel>(level, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) ? parsed : null;

    private Task AnswerAsync(HttpContext http) => JsonAnswer.WriteAsync(http, new LogLevelResource(level.MinimumLevel.ToString()));

    private async Task ChangeAsync(HttpContext http)
    {
        var wanted = (await JsonBody.ReadAsync<LogLevelResource>(http)).Level ?? "";
        level.MinimumLevel = Find(wanted) ?? throw Refusal.BadRequest($"'level' must be one of {Names}.");
        Changed(log, level.MinimumLevel);
        await AnswerAsync(http);
    }

    [LoggerMessage(LogLevel.Warning, "The log level is {Level} now")]
    private static partial void Changed(ILogger log, LogEventLevel level);
}

/// <summary>The log level as REST shows it.</summary>
internal sealed record LogLevelResource([property: JsonPropertyName("level")] string? Level);
