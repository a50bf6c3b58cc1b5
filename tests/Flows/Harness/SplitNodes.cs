namespace Tollgate.Flows.Harness;

/// <summary>A control plane and a gateway of its own that has learned of an API and has two generations of its snapshot on disk.</summary>
public sealed class SplitNodes : IAsyncLifetime
{
    public const string ApiName = "Lasting";

    private readonly TestHome _controlHome = new();
    private TestHome _gatewayHome = null!;
    private TestBackend _backend = null!;
    private HttpClient _gatewayHttp = null!;
    private Dictionary<string, byte[]> _saved = [];

    public TestNode Control { get; private set; } = null!;

    public TestNode Gateway { get; private set; } = null!;

    /// <summary>A token that works.</summary>
    public string Token { get; private set; } = "";

    /// <summary>A token that was revoked; the gateway knows.</summary>
    public string Revoked { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _backend = await TestBackend.StartAsync();
        Control = await TestNode.StartAsync(_controlHome, null, "--profile", "control-plane");
        _gatewayHome = new TestHome(
            $"""
            [apim.key_manager]
            service_url = "{Control.ManagementUrl}/services/"

            [truststore]
            file_name = "{_controlHome.CertificateFile}"
            """);
        Gateway = await TestNode.StartAsync(_gatewayHome, null, "--profile", "gateway-worker");
        _gatewayHttp = Gateway.CreateClient();
        await PublishAsync();
        await Control.StopAsync();
        await Gateway.StopAsync();
        _saved = Directory.GetFiles(_gatewayHome.SnapshotFolder).ToDictionary(path => path, File.ReadAllBytes);
    }

    /// <summary>The newest base file.</summary>
    public string NewestBase() => Bases()[^1];

    /// <summary>Puts the snapshot files back as they were; the gateway must not run.</summary>
    public async Task RestoreAsync()
    {
        Directory.Delete(_gatewayHome.SnapshotFolder, recursive: true);
        Directory.CreateDirectory(_gatewayHome.SnapshotFolder);
        foreach (var (path, bytes) in _saved)
        {
            await File.WriteAllBytesAsync(path, bytes);
        }
    }

    public Portal PortalOf(HttpClient http) => new(
        Caller.Basic(http, Control.ManagementUrl, "admin", TestHome.AdminPassword), Control.ManagementUrl);

    /// <summary>Status of a call through the gateway.</summary>
    public async Task<int> CallAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Gateway.GatewayUrl}/{ApiName.ToLowerInvariant()}/1.0.0/x");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var response = await _gatewayHttp.SendAsync(request);
        return (int)response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        _gatewayHttp.Dispose();
        await Gateway.DisposeAsync();
        await Control.DisposeAsync();
        await _backend.DisposeAsync();
        _controlHome.Dispose();
        _gatewayHome.Dispose();
    }

    private async Task PublishAsync()
    {
        using var http = Control.CreateClient();
        var portal = PortalOf(http);
        var api = await portal.PublishAsync(ApiName, _backend.Url);
        var consumer = await portal.ConsumerAsync("Survivor");
        await portal.SubscribeAsync(api, consumer);
        Token = await portal.TokenAsync(consumer);
        Revoked = await portal.TokenAsync(consumer);
        await UntilAsync(Token, 200);

        // The first change after a restart begins the second generation.
        await Gateway.StopAsync();
        await Gateway.StartAsync();
        await UntilAsync(Revoked, 200);
        await portal.Client(consumer).SendAsync(HttpMethod.Post, "/oauth2/revoke", new FormUrlEncodedContent([new("token", Revoked)])).ExpectAsync(200);
        await UntilAsync(Revoked, 401);
        await Wait.UntilAsync("the second generation", TimeSpan.FromSeconds(5), () => Task.FromResult(Bases().Length == 2));
    }

    private string[] Bases() => [.. Directory.GetFiles(_gatewayHome.SnapshotFolder, "*.base").Order(StringComparer.Ordinal)];

    private Task UntilAsync(string token, int status) => Wait.UntilAsync(
        $"the gateway to answer {status}", TimeSpan.FromSeconds(10), async () => await CallAsync(token) == status);
}
