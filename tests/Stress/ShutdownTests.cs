using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Tollgate.Flows.Harness;

namespace Tollgate.Stress;

/// <summary>A node that is asked to stop finishes what it has begun.</summary>
public sealed class ShutdownTests
{
    private const int Callers = 24;

    [Fact]
    public async Task Stop_UnderLoad_EveryCallThatReachedTheBackendIsAnswered()
    {
        await using var backend = await TestBackend.StartAsync();
        backend.Answer = async http =>
        {
            await Task.Delay(Random.Shared.Next(5, 150));
            await http.Response.WriteAsync("answered");
        };
        using var home = new TestHome();
        await using var node = await TestNode.StartAsync(home);
        using var http = node.CreateClient();
        var portal = new Portal(Caller.Basic(http, node.ManagementUrl, "admin", TestHome.AdminPassword), node.ManagementUrl);
        var api = await portal.PublishAsync("Busy", backend.Url);
        var consumer = await portal.ConsumerAsync("Caller");
        await portal.SubscribeAsync(api, consumer);
        var token = await portal.TokenAsync(consumer);
        await Wait.UntilAsync("the first call", TimeSpan.FromSeconds(10), async () => await CallAsync(node, http, token) == 200);
        backend.Forget();

        var callers = Enumerable.Range(0, Callers).Select(_ => Task.Run(() => CallUntilRefusedAsync(node, http, token))).ToList();
        await Wait.UntilAsync("load", TimeSpan.FromSeconds(20), () => Task.FromResult(backend.Requests.Count > 500));
        Assert.Equal(0, await node.StopAsync());

        Assert.Equal(backend.Requests.Count, (await Task.WhenAll(callers)).Sum());
    }

    private static async Task<int> CallUntilRefusedAsync(TestNode node, HttpClient http, string token)
    {
        for (var answered = 0; ; answered++)
        {
            try
            {
                Assert.Equal(200, await CallAsync(node, http, token));
            }
            catch (HttpRequestException error) when (error.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
            {
                return answered;
            }
        }
    }

    private static async Task<int> CallAsync(TestNode node, HttpClient http, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, node.GatewayUrl + "/busy/1.0.0/x");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var response = await http.SendAsync(request);
        await response.Content.ReadAsStringAsync();
        return (int)response.StatusCode;
    }
}
