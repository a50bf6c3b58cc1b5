using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Operations;

public sealed class HealthTests(SharedNode shared)
{
    [Fact]
    public async Task Live_OfARunningNode_IsOk() =>
        Assert.Equal("ok", (string?)(await shared.Admin.GetAsync("/health/live").ExpectAsync(200))["status"]);

    [Fact]
    public async Task Ready_OfARunningNode_NamesEachPart()
    {
        var health = await shared.Admin.GetAsync("/health/ready").ExpectAsync(200);
        Assert.Equal("ok", (string?)health["status"]);
        Assert.Equal(
            """{"apim_db":"ok","shared_db":"ok","gateway":"ok"}""", health["components"]!.AsObject().ToJsonString());
    }

    [Fact(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.OwnNode)]
    public async Task Ready_OfAGatewayThatHasHeardNothing_SaysSo()
    {
        using var home = new TestHome("[apim.key_manager]\nservice_url = \"https://localhost:1/services/\"");
        await using var node = new TestNode(home, null, "--profile", "gateway-worker");
        node.Launch();
        using var http = await ClientAsync(home, node);
        Answer? answer = null;
        await Wait.UntilAsync("the probe to answer", TimeSpan.FromSeconds(20), async () =>
        {
            try
            {
                answer = await new Caller(http, node.ManagementUrl, null).GetAsync("/health/ready");
                return true;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        Assert.Equal(503, answer!.Code);
        Assert.Equal("not ready", (string?)answer.Json["status"]);
        Assert.Equal(
            new JsonObject { ["gateway"] = "has not received any runtime state yet" }.ToJsonString(), answer.Json["components"]!.ToJsonString());
    }

    private static async Task<HttpClient> ClientAsync(TestHome home, TestNode node)
    {
        await Wait.UntilAsync("the certificate", TimeSpan.FromSeconds(20), () => Task.FromResult(File.Exists(home.CertificateFile)));
        return node.CreateClient();
    }
}
