using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Tollgate.Flows.Harness;
using Tollgate.Flows.Sockets;

namespace Tollgate.Stress;

/// <summary>WebSocket and gRPC to backends over TLS, whose authority the truststore names.</summary>
public sealed class TlsBackendTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly X509Certificate2 _certificate = NewCertificate();
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"tollgate-backend-{Guid.NewGuid():n}.pem");
    private TestHome _home = null!;
    private TestNode _node = null!;
    private HttpClient _http = null!;
    private Portal _portal = null!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_file, _certificate.ExportCertificatePem());
        _home = new TestHome(
            $"""
            [truststore]
            file_name = "{_file}"
            """);
        _node = await TestNode.StartAsync(_home);
        _http = _node.CreateClient();
        _portal = new Portal(Caller.Basic(_http, _node.ManagementUrl, "admin", TestHome.AdminPassword), _node.ManagementUrl);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _node.DisposeAsync();
        _home.Dispose();
        _certificate.Dispose();
        File.Delete(_file);
    }

    [Fact]
    public async Task WebSocket_ToABackendOverTls_IsOpened()
    {
        await using var backend = await EchoBackend.StartAsync(_certificate);
        Assert.StartsWith("wss://", backend.Url, StringComparison.Ordinal);
        var api = await WebSocketApi.PublishAsync(_portal, "Secure", backend.Url);
        using var client = await WebSocketApi.ConnectAsync(
            _node, _node.GatewayWssUrl + api.Path + "/room", options => WebSocketApi.Bear(options, api.Token));
        await WebSocketApi.EchoAsync(client, "hello");
        await client.CloseAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).WaitAsync(Patience);
    }

    [Fact]
    public async Task Grpc_ToABackendOverTls_AgreesOnHttp2()
    {
        await using var backend = await EchoBackend.StartAsync(_certificate, AnswerAsync);
        var api = await _portal.PublishAsync("Remote", backend.Url.Replace("wss://", "https://", StringComparison.Ordinal));
        var consumer = await _portal.ConsumerAsync("RemoteClient");
        await _portal.SubscribeAsync(api, consumer);
        var token = await _portal.TokenAsync(consumer);
        HttpResponseMessage? response = null;
        await Wait.UntilAsync("the API", Patience, async () => (response = await CallAsync(token)).IsSuccessStatusCode);
        Assert.Equal("HTTP/2", await response!.Content.ReadAsStringAsync());
        Assert.Equal(["0"], response.TrailingHeaders.GetValues("grpc-status"));
    }

    private static async Task AnswerAsync(HttpContext http)
    {
        http.Response.ContentType = "application/grpc";
        await http.Response.WriteAsync(http.Request.Protocol);
        http.Response.AppendTrailer("grpc-status", "0");
    }

    private Task<HttpResponseMessage> CallAsync(string token)
    {
        var content = new ByteArrayContent([0, 0, 0, 0, 0]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        var request = new HttpRequestMessage(HttpMethod.Post, _node.GatewayUrl + "/remote/1.0.0/some.Service/Call")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        return _http.SendAsync(request);
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=backend", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
