using System.Text;
using Microsoft.Extensions.Hosting;
using Tollgate.Gateway.Authenticate;
using Tollgate.Gateway.Follow;
using Tollgate.Gateway.Loop;
using Tollgate.Model;
using Tollgate.Model.Runtime;

namespace Tollgate.Gateway.Record;

/// <summary>Tells the control plane every few seconds which API keys were used. Only for lists: what a lost report names is named again later.</summary>
internal sealed class KeyUseReport(KeyUses uses, ControlPlane controlPlane, TimeProvider time) : BackgroundService
{
    private const int MostPerReport = 1000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => OffLoop.RunAsync(() => ReportAsync(stoppingToken));

    private async Task ReportAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (uses.Take(MostPerReport) is { Count: > 0 } used)
            {
                await ReportAsync(used, stoppingToken);
            }
        }
    }

    private async Task ReportAsync(List<RuntimeKeyUse> used, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(Pause);
        try
        {
            using var response = await controlPlane.SendAsync(
                node => new HttpRequestMessage(HttpMethod.Post, new Uri(node, FeedNames.KeyUsePath))
                {
                    Content = new StringContent(ModelJson.Write(used), Encoding.UTF8, "application/json"),
                },
                limit.Token);
        }
        catch (Exception error) when (!stopping.IsCancellationRequested && error is HttpRequestException or OperationCanceledException or IOException)
        {
            // The follower says it in the log when the control plane is away.
        }
    }
}
