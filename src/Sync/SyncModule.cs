using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Model.Metrics;
using Tollgate.SignIn;
using Tollgate.Sync.Announce;
using Tollgate.Sync.Compile;
using Tollgate.Sync.Serve;

namespace Tollgate.Sync;

/// <summary>The face of the module.</summary>
public static class SyncModule
{
    public static void AddSync(this IServiceCollection services)
    {
        services.AddSingleton<DeploymentCompiler>();
        services.AddSingleton<FollowingNodes>();
        services.AddHostedService<GatewayRegister>();
        services.AddSingleton<FeedMeters>();
        services.AddSingleton(provider => new MetricSource(provider.GetRequiredService<FeedMeters>().Read));
        services.AddSingleton<VersionPoll>();
        services.AddHostedService(provider => provider.GetRequiredService<VersionPoll>());
        services.AddHostedService<ChangeListener>();
        services.AddSingleton<FeedEndpoint>();
        services.AddSingleton<KeyUseEndpoint>();
    }

    public static void MapSync(this IEndpointRouteBuilder routes)
    {
        routes.MapNodeLogin();
        routes.ServiceProvider.GetRequiredService<FeedEndpoint>().Map(routes);
        routes.ServiceProvider.GetRequiredService<KeyUseEndpoint>().Map(routes);
    }
}
