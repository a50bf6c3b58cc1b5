using Tollgate.Flows.Harness;

[assembly: AssemblyFixture(typeof(SharedNode))]

namespace Tollgate.Flows.Harness;

/// <summary>One node and one backend for all flow tests that neither stop nor reconfigure them.</summary>
public sealed class SharedNode : IAsyncLifetime
{
    // Under this name only: its address stays forbidden, which the tests of the guards rely on.
    private readonly TestHome _home = new(
        """
        [outbound.definition_import]
        allow = ["localhost"]

        [outbound.endpoint_test]
        allow = ["localhost"]

        [gateway.limit_headers]
        rate_limit = ["Default"]
        """);

    private int _names;

    public TestNode? Started { get; private set; }

    public TestNode Node => Started!;

    public HttpClient Http { get; private set; } = new();

    public TestBackend Backend { get; private set; } = null!;

    /// <summary>The administrator, signed in with Basic.</summary>
    public Caller Admin { get; private set; } = null!;

    public Portal Portal { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Backend = await TestBackend.StartAsync();
        Started = new TestNode(_home);
        await Started.StartAsync();
        Http = Node.CreateClient();
        Admin = Caller.Basic(Http, Node.ManagementUrl, "admin", TestHome.AdminPassword);
        Portal = new Portal(Admin, Node.ManagementUrl);
    }

    /// <summary>The node's certificate file.</summary>
    public string CertificateFile => _home.CertificateFile;

    /// <summary>A name that no other test uses.</summary>
    public string NewName(string stem) => $"{stem}{Interlocked.Increment(ref _names)}";

    /// <summary>Calls the gateway with a token, or without.</summary>
    public async Task<Answer> CallAsync(string path, string? token, HttpMethod? method = null, Action<HttpRequestMessage>? more = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, Node.GatewayUrl + path);
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        }

        more?.Invoke(request);
        var response = await Http.SendAsync(request);
        return await Answers.ReadAsync(response);
    }

    /// <summary>Calls until the gateway has learned what makes the call answer like this.</summary>
    public async Task<TimeSpan> UntilAsync(string path, string? token, int status, TimeSpan? atMost = null) => await Wait.UntilAsync(
        $"GET {path} to answer {status}", atMost ?? TimeSpan.FromSeconds(5), async () => (await CallAsync(path, token)).Code == status);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await (Started?.DisposeAsync() ?? default);
        await Backend.DisposeAsync();
        _home.Dispose();
    }
}
