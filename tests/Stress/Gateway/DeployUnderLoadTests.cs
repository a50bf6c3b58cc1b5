using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Stress.Gateway;

/// <summary>Deploying, undeploying and renewing a certificate move nobody who calls: not on what changes, and not beside it.</summary>
public sealed class DeployUnderLoadTests
{
    private const int Changes = 100;
    private const int Renewals = 20;
    private const long Calls = 500_000;

    [Fact]
    public async Task DeploymentsAndRenewals_UnderLoad_FailNoCall()
    {
        using var certificate = new RenewedCertificate();
        await using var running = await RunningGateway.StartAsync(certificate.Configuration);
        var changing = await running.PublishAsync("Changing");
        var coming = await running.PublishAsync("Coming");

        SteadyLoad[] loads =
        [
            new SteadyLoad(running.Node.GatewayHttpUrl, "/changing/1.0.0/x", running.Token, 10_000).Start(6),
            new SteadyLoad(running.Node.GatewayUrl, "/changing/1.0.0/x", running.Token, 500) { ServerName = RenewedCertificate.Name }.Start(2),
        ];
        for (var change = 0; change < Changes || loads.Sum(load => load.Answered) < Calls; change++)
        {
            if (change < Changes)
            {
                await RedeployAsync(running.Portal, changing);
                await ComeAndGoAsync(running, coming, change % 2 == 0);
                if (change % (Changes / Renewals) == 0)
                {
                    await certificate.RenewAsync(new Uri(running.Node.GatewayUrl).Port);
                }
            }
            else
            {
                await Task.Delay(TimeSpan.FromSeconds(1));
            }

            Assert.All(loads, load => Assert.Empty(load.Failures));
        }

        await Task.WhenAll(loads.Select(load => load.StopAsync()));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{loads.Sum(load => load.Answered)} calls answered, {Changes} deployments, {certificate.Renewed} renewals");
        Assert.All(loads, load => Assert.Empty(load.Failures));
        Assert.Equal(Renewals, certificate.Renewed);
    }

    // A new revision takes the place of the one that is served; five may exist, so that the older ones go.
    private static async Task RedeployAsync(Portal portal, string api)
    {
        await portal.DeployAsync(api);
        var revisions = await portal.Caller.GetAsync($"{Portal.Publisher}/apis/{api}/revisions?query=deployed:false").ExpectAsync(200);
        foreach (var revision in revisions["list"]!.AsArray())
        {
            await portal.Caller.DeleteAsync($"{Portal.Publisher}/apis/{api}/revisions/{revision!["id"]}").ExpectAsync(200);
        }
    }

    private static async Task ComeAndGoAsync(RunningGateway running, string api, bool goes)
    {
        var revisions = await running.Portal.Caller.GetAsync($"{Portal.Publisher}/apis/{api}/revisions").ExpectAsync(200);
        await running.Portal.Caller.PostAsync(
            $"{Portal.Publisher}/apis/{api}/{(goes ? "undeploy" : "deploy")}-revision?revisionId={revisions["list"]![0]!["id"]}",
            new JsonArray(new JsonObject { ["name"] = "Default" })).ExpectAsync(201);
        await running.UntilAsync("Coming", goes ? 404 : 200);
    }
}
