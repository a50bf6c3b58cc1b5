using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tollgate.Flows.Harness;

namespace Tollgate.Stress.Gateway;

/// <summary>A gateway in a process of its own beside its control plane, and an application that may call what is published.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private readonly TestHome _controlHome = new();
    private TestHome? _gatewayHome;
    private HttpClient? _http;
    private Consumer? _consumer;

    /// <summary>Answers every call by two bytes; keeps nothing of it.</summary>
    public TestBackend Backend { get; private set; } = null!;

    public TestNode Control { get; private set; } = null!;

    public TestNode Node { get; private set; } = null!;

    public Portal Portal { get; private set; } = null!;

    public string Token { get; private set; } = "";

    /// <param name="configuration">Settings of the gateway, beside those that let it follow.</param>
    public static async Task<RunningGateway> StartAsync(string configuration = "")
    {
        var running = new RunningGateway { Backend = await TestBackend.StartAsync(recordBodies: false) };
        running.Backend.Answer = running.AnswerAsync;
        running.Control = await TestNode.StartAsync(running._controlHome, null, "--profile", "control-plane");
        running._gatewayHome = new TestHome(
            $"""
            [apim.key_manager]
            service_url = "{running.Control.ManagementUrl}/services/"

            [truststore]
            file_name = "{running._controlHome.CertificateFile}"

            {configuration}
            """);
        running.Node = await TestNode.StartAsync(running._gatewayHome, null, "--profile", "gateway-worker");
        running._http = running.Control.CreateClient();
        running.Portal = new Portal(
            Caller.Basic(running._http, running.Control.ManagementUrl, "admin", TestHome.AdminPassword), running.Control.ManagementUrl);
        running._consumer = await running.Portal.ConsumerAsync("Steady");
        running.Token = await running.Portal.TokenAsync(running._consumer);
        return running;
    }

    /// <summary>A published API that the application has subscribed to, served by the gateway.</summary>
    public async Task<string> PublishAsync(string name)
    {
        var api = await Portal.PublishAsync(name, Backend.Url, new JsonObject
        {
            ["operations"] = new JsonArray(
                new JsonObject { ["verb"] = "GET", ["target"] = "/*" }, new JsonObject { ["verb"] = "POST", ["target"] = "/*" }),
        });
        await Portal.SubscribeAsync(api, _consumer!);
        await UntilAsync(name, 200);
        return api;
    }

    /// <summary>Waits until calls of the API answer like this.</summary>
    public async Task UntilAsync(string name, int status)
    {
        using var http = new HttpClient();
        await Wait.UntilAsync($"{name} to answer {status}", TimeSpan.FromSeconds(15), async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{Node.GatewayHttpUrl}/{name.ToLowerInvariant()}/1.0.0/x");
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + Token);
            using var response = await http.SendAsync(request);
            return (int)response.StatusCode == status;
        });
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        await Node.DisposeAsync();
        await Control.DisposeAsync();
        await Backend.DisposeAsync();
        _gatewayHome?.Dispose();
        _controlHome.Dispose();
    }

    private Task AnswerAsync(HttpContext http)
    {
        Backend.Forget();
        http.Response.ContentLength = 2;
        return http.Response.WriteAsync("ok");
    }
}
