using Microsoft.Extensions.DependencyInjection;
using Tollgate.Eventing;
using Tollgate.Gateway.Authenticate;
using Tollgate.Gateway.Authorize;
using Tollgate.Gateway.Cors;
using Tollgate.Gateway.Follow;
using Tollgate.Gateway.Follow.Disk;
using Tollgate.Gateway.Forward;
using Tollgate.Gateway.Listen;
using Tollgate.Gateway.Listen.PassThrough;
using Tollgate.Gateway.Listen.Tunnels;
using Tollgate.Gateway.Record;
using Tollgate.Gateway.Throttle;
using Tollgate.Gateway.Throttle.Report;
using Tollgate.Model.Events;
using Tollgate.Model.Metrics;

namespace Tollgate.Gateway;

/// <summary>
/// The face of the module. The host adds <see cref="GatewayPorts"/>, <see cref="ControlPlane"/>, <see cref="BackendClient"/> and
/// <see cref="EarlyState"/>.
/// </summary>
public static class GatewayModule
{
    public static void AddGateway(this IServiceCollection services, GatewayOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<LiveSnapshot>();
        services.AddSingleton<CatchUp>();
        services.AddSingleton<SnapshotDisk>();
        services.AddSingleton<FeedClient>();
        services.AddSingleton<TokenQuestions>();
        services.AddSingleton<TokenCache>();
        services.AddSingleton<OpaqueTokens>();
        services.AddSingleton<KeyUses>();
        services.AddSingleton<SharedClock>();
        services.AddSingleton(provider => new CounterTable(
            provider.GetRequiredService<SharedClock>(), provider.GetRequiredService<Bus>().IsShared));
        services.AddSingleton(provider => new MetricSource(provider.GetRequiredService<CounterTable>().ReadMetrics));
        services.AddSingleton<AnonymousLimits>();
        services.AddSingleton<CustomLimits>();
        services.AddSingleton<CorsStage>();
        services.AddSingleton<AuthenticateStage>();
        services.AddSingleton<AuthorizeStage>();
        services.AddSingleton<PermitWait>();
        services.AddSingleton<ThrottleStage>();
        services.AddSingleton<Pipeline>();
        services.AddSingleton<Forwarder>();
        services.AddSingleton<FlawLog>();
        services.AddSingleton<UsageBook>();
        services.AddSingleton<GatewayMeters>();
        services.AddSingleton<AccessLog>();
        services.AddSingleton(provider => new MetricSource(provider.GetRequiredService<AccessLog>().Read));
        services.AddSingleton(provider => new MetricSource(provider.GetRequiredService<GatewayMeters>().Read));
        services.AddSingleton<CorsHeaders>();
        services.AddSingleton<LimitHeaders>();
        services.AddSingleton<CallRecord>();
        services.AddSingleton<OpenTunnels>();
        services.AddSingleton<KeyManagerPaths>();
        services.AddSingleton<GatewayApplication>();
        services.AddSingleton(provider => new GatewayView(
            provider.GetRequiredService<LiveSnapshot>(), provider.GetRequiredService<UsageBook>()));

        // In this order: state from disk, what outlives the listener, then listen, then the traffic manager. Stopped the other way round: open
        // connections before the ports.
        services.AddHostedService<Follower>();
        services.AddHostedService(provider => provider.GetRequiredService<AccessLog>());
        services.AddHostedService<GatewayServer>();
        services.AddHostedService(provider => provider.GetRequiredService<OpenTunnels>());
        services.AddHostedService<UsageExchange>();
        services.AddHostedService<KeyUseReport>();
    }
}
