using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tollgate.Storage.Environments;

namespace Tollgate.Sync.Serve;

/// <summary>Writes down, about once a second, which gateways follow this node and what they serve, where that has changed.</summary>
internal sealed partial class GatewayRegister(FollowingNodes nodes, GatewayStore gateways, TimeProvider time, ILogger<GatewayRegister> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // A gateway that follows asks at least every 30 s; where it asks more often, not every question is written down.
    private const long SeenAgain = 20_000;

    private readonly Dictionary<string, SeenGateway> _written = new(StringComparer.Ordinal);
    private bool _isFailing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await WriteAsync();
                _isFailing = false;
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested && error is not OutOfMemoryException)
            {
                if (!_isFailing)
                {
                    Failed(log, error.Message);
                }

                _isFailing = true;
            }
        }
    }

    /// <summary>One round.</summary>
    internal async Task WriteAsync()
    {
        foreach (var gateway in nodes.All())
        {
            if (!_written.TryGetValue(gateway.Node, out var written) || IsNews(gateway, written))
            {
                await gateways.SawAsync(gateway);
                _written[gateway.Node] = gateway;
            }
        }
    }

    private static bool IsNews(SeenGateway now, SeenGateway written) =>
        now.Version != written.Version || now.SeenAt - written.SeenAt >= SeenAgain || now.Profile != written.Profile
        || !now.Environments.SequenceEqual(written.Environments);

    [LoggerMessage(LogLevel.Warning, "Which gateways follow this node cannot be written down and will be tried again: {Reason}")]
    private static partial void Failed(ILogger log, string reason);
}
