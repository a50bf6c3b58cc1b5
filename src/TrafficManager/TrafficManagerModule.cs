using Microsoft.Extensions.DependencyInjection;
using Tollgate.Model.Metrics;
using Tollgate.TrafficManager.Announce;

namespace Tollgate.TrafficManager;

/// <summary>The face of the module.</summary>
public static class TrafficManagerModule
{
    public static void AddTrafficManager(this IServiceCollection services)
    {
        services.AddSingleton<CounterQuestions>();
        services.AddSingleton<TrafficManagerMeters>();
        services.AddSingleton(provider => new MetricSource(provider.GetRequiredService<TrafficManagerMeters>().Read));
        services.AddSingleton<PermitDesk>();
        services.AddSingleton<CheckpointKeeper>();
        services.AddHostedService<TrafficManagerService>();
    }
}
