using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.FrontDoor;

/// <summary>A gateway that is asked to stop (SIGTERM) with a call in flight.</summary>
[Collection(nameof(Alone))]
public sealed class DrainTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Stop_WithACallInFlight_FinishesItAndTakesNoOther()
    {
        await using var scene = await Scene.StartAsync("");
        var call = scene.CallAsync();
        await scene.Reached.Task.WaitAsync(Patience);
        var stopping = scene.Node.StopAsync();
        await Wait.UntilAsync("new connections to be refused", Patience, async () => !await scene.TakesConnectionsAsync());
        Assert.False(call.IsCompleted, "the call was cut off");

        scene.Release.SetResult();
        var answer = await call.WaitAsync(Patience);
        Assert.StartsWith("HTTP/1.1 200 OK", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("finished", answer, StringComparison.Ordinal);
        Assert.Equal(0, await stopping.WaitAsync(Patience));
    }

    [Fact(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.OwnNode)]
    public async Task Stop_WithACallThatDoesNotEnd_WaitsNoLongerThanConfigured()
    {
        await using var scene = await Scene.StartAsync("[server]\nshutdown_timeout = \"1s\"");
        var call = scene.CallAsync();
        await scene.Reached.Task.WaitAsync(Patience);
        var clock = Stopwatch.StartNew();
        await scene.Node.StopAsync().WaitAsync(Patience);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.9, 8);
        Assert.DoesNotContain("200 OK", await call.WaitAsync(Patience), StringComparison.Ordinal);
        scene.Release.SetResult();
    }

    private sealed class Scene : IAsyncDisposable
    {
        public required TestHome Home { get; init; }

        public required TestNode Node { get; init; }

        public required TestBackend Backend { get; init; }

        public TaskCompletionSource Reached { get; } = new();

        public TaskCompletionSource Release { get; } = new();

        public static async Task<Scene> StartAsync(string configuration)
        {
            var home = new TestHome(configuration);
            var scene = new Scene { Home = home, Node = await TestNode.StartAsync(home), Backend = await TestBackend.StartAsync() };
            using var http = scene.Node.CreateClient();
            var admin = Caller.Basic(http, scene.Node.ManagementUrl, "admin", TestHome.AdminPassword);
            await new Portal(admin, scene.Node.ManagementUrl).PublishAsync("Slow", scene.Backend.Url, new JsonObject
            {
                ["operations"] = new JsonArray(JsonNode.Parse("""{ "target": "/*", "verb": "GET", "authType": "None" }""")),
            });
            await Wait.UntilAsync("the API", Patience, async () => (await http.GetAsync(scene.Node.GatewayUrl + "/slow/1.0.0/x")).IsSuccessStatusCode);
            scene.Backend.Answer = async call =>
            {
                scene.Reached.TrySetResult();
                await scene.Release.Task;
                await call.Response.WriteAsync("finished");
            };
            return scene;
        }

        /// <summary>A call over a connection that would stay open.</summary>
        public Task<string> CallAsync() => RawClient.SendAsync(
            new Uri(Node.GatewayHttpUrl), "GET /slow/1.0.0/x HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());

        public async Task<bool> TakesConnectionsAsync()
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync("localhost", new Uri(Node.GatewayHttpUrl).Port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }

        public async ValueTask DisposeAsync()
        {
            await Node.DisposeAsync();
            await Backend.DisposeAsync();
            Home.Dispose();
        }
    }
}
