using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.FrontDoor;

/// <summary>Certificates by host name, their reload while connections are open, and which handshakes succeed.</summary>
[Collection(nameof(Alone))]
public sealed class TlsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private const string Configuration =
        """
        [keystore]
        reload_interval = "1s"

        [keystore.tls]
        file_name = "common.pem"

        [[keystore.host]]
        names = ["api.example", "*.shop.example"]
        file_name = "host.p12"
        password = "secret"

        [encryption]
        key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
        """;

    [Fact]
    public async Task Handshakes_ByServerName_PresentItsCertificateAlsoAfterItChanged()
    {
        using var home = new TestHome(Configuration);
        var folder = Directory.CreateDirectory(Path.Combine(home.Path, "repository", "resources", "security")).FullName;
        var (common, host) = (Path.Combine(folder, "common.pem"), Path.Combine(folder, "host.p12"));
        WritePem(common, "CN=localhost");
        WritePkcs12(host, "CN=first");
        await using var node = new TestNode(home);
        node.Launch();
        var port = new Uri(node.GatewayUrl).Port;
        await Wait.UntilAsync("the gateway to listen", TimeSpan.FromSeconds(30), async () => await TrySubjectAsync(port, "localhost") is not null);

        Assert.Equal("CN=localhost", await TrySubjectAsync(port, "elsewhere.example"));
        foreach (var name in (string[])["api.example", "API.example", "a.shop.example"])
        {
            Assert.Equal("CN=first", await TrySubjectAsync(port, name));
        }

        Assert.Equal("CN=localhost", await TrySubjectAsync(port, "a.b.shop.example"));

        // A file that is half written changes nothing; whole, it is taken over by both listeners.
        await using var open = await ConnectAsync(port, "api.example", SslProtocols.None);
        File.WriteAllText(host, "half of it");
        WritePem(common, "CN=localhost, O=Renewed");
        await Wait.UntilAsync("the refusal", Patience, () => Task.FromResult(node.Output.Contains("the old one stays", StringComparison.Ordinal)));
        Assert.Equal(("CN=localhost", "CN=first"), (await TrySubjectAsync(port, "localhost"), await TrySubjectAsync(port, "api.example")));
        WritePkcs12(host, "CN=second");
        await Wait.UntilAsync("the new certificate", Patience, async () => await TrySubjectAsync(port, "api.example") == "CN=second");
        Assert.Equal("CN=localhost, O=Renewed", await TrySubjectAsync(port, "localhost"));
        Assert.Equal("CN=localhost, O=Renewed", await TrySubjectAsync(new Uri(node.ManagementUrl).Port, "localhost"));
        await open.WriteAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray());
        Assert.True(await open.ReadAsync(new byte[100]) > 0);

        // The node goes on following its own control plane, which presents the new certificate.
        Assert.Equal(SslApplicationProtocol.Http2, open.NegotiatedApplicationProtocol);
    }

    [Fact(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.OwnNode)]
    public async Task Handshakes_WithOldProtocolsOrSuites_Fail()
    {
        using var home = new TestHome();
        await using var node = await TestNode.StartAsync(home);
        foreach (var port in (int[])[new Uri(node.GatewayUrl).Port, new Uri(node.ManagementUrl).Port])
        {
            foreach (var protocol in (SslProtocols[])[SslProtocols.Tls12, SslProtocols.Tls13])
            {
                await using var good = await ConnectAsync(port, "localhost", protocol);
                Assert.Equal(protocol, good.SslProtocol);
                Assert.DoesNotContain("CBC", good.NegotiatedCipherSuite.ToString(), StringComparison.Ordinal);
            }

#pragma warning disable SYSLIB0039, CA5397 // that these are refused is the point
            await Assert.ThrowsAnyAsync<Exception>(() => ConnectAsync(port, "localhost", SslProtocols.Tls11));
#pragma warning restore SYSLIB0039, CA5397
            foreach (var suite in (TlsCipherSuite[])
                [TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384])
            {
                await Assert.ThrowsAnyAsync<Exception>(() => AnswerAsync(port, suite));
            }
        }
    }

    private static async Task<string?> TrySubjectAsync(int port, string name)
    {
        try
        {
            await using var stream = await ConnectAsync(port, name, SslProtocols.None);
            return stream.RemoteCertificate!.Subject;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    // The management port refuses the handshake, the gateway's the connection.
    private static async Task AnswerAsync(int port, TlsCipherSuite suite)
    {
        await using var stream = await ConnectAsync(port, "localhost", SslProtocols.Tls12, suite);
        await stream.WriteAsync("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray());
        await stream.ReadExactlyAsync(new byte[1]);
    }

    private static async Task<SslStream> ConnectAsync(int port, string name, SslProtocols protocols, TlsCipherSuite? suite = null)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = name,
            EnabledSslProtocols = protocols,
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
#pragma warning disable CA1416 // flow tests with suites run where OpenSSL is
            CipherSuitesPolicy = suite is { } only ? new CipherSuitesPolicy([only]) : null,
#pragma warning restore CA1416
        });
        return stream;
    }

    private static void WritePem(string path, string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Certificate(subject, key);
        File.WriteAllText(path, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
    }

    private static void WritePkcs12(string path, string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Certificate(subject, key);
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12, "secret"));
    }

    private static X509Certificate2 Certificate(string subject, ECDsa key)
    {
        var now = DateTimeOffset.UtcNow;
        return new CertificateRequest(subject, key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(90));
    }
}
