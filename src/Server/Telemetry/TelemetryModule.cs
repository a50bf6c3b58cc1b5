using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Core;
using Tollgate.Model.Metrics;
using Tollgate.Server.Options;

namespace Tollgate.Server.Telemetry;

/// <summary>What a node tells of itself: metrics, traces, logs.</summary>
internal static class TelemetryModule
{
    public static void AddTelemetry(this IServiceCollection services, TelemetryOptions options, LoggingLevelSwitch level, string profile)
    {
        services.AddSingleton(options);
        services.AddSingleton(level);
        services.AddSingleton<LogLevels>();
        services.AddSingleton<RequestMeters>();
        services.AddSingleton<MetricsEndpoint>();
        services.AddSingleton(new MetricSource(ProcessMeters.Read));
        services.AddSingleton(provider => new MetricSource(provider.GetRequiredService<RequestMeters>().Read));
        services.AddHostedService(provider => new Otlp(provider.GetServices<MetricSource>(), options, profile));
    }

    public static void MapTelemetry(this IEndpointRouteBuilder routes)
    {
        routes.ServiceProvider.GetRequiredService<MetricsEndpoint>().Map(routes);
        routes.ServiceProvider.GetRequiredService<LogLevels>().Map(routes);
    }
}
