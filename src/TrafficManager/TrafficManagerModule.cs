using Microsoft.Extensions.DependencyInjection;
using Tollgate.TrafficManager.Announce;
using Tollgate.TrafficManager.Count;

namespace Tollgate.TrafficManager;

/// <summary>The face of the module.</summary>
public static class TrafficManagerModule
{
    public static void AddTrafficManager(this IServiceCollection services)
    {
        services.AddSingleton<TallyBook>();
        services.AddHostedService<TrafficManagerService>();
    }
}
