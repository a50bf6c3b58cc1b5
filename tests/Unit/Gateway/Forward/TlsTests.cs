using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Gateway;

namespace Tollgate.Unit.Gateway.Forward;

/// <summary>Backends over TLS: who is believed, and under which name.</summary>
public sealed class TlsTests
{
    private static readonly X509Certificate2 Certificate = NewCertificate();

    [Fact]
    public async Task Backend_OfATrustedAuthority_IsCalledOverOneConnectionAndToldItsName()
    {
        await using var backend = await StartAsync();
        await using var rig = await ForwardRig.StartAsync(Url(backend, "localhost"), trusted: [Certificate]);
        var connections = new HashSet<string>();
        for (var i = 0; i < 5; i++)
        {
            using var response = await rig.Http.PostAsync(rig.Url, new StringContent(new string('x', 100_000)));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(["localhost"], response.Headers.GetValues("X-Sni"));
            Assert.Equal(1_000_000, (await response.Content.ReadAsByteArrayAsync()).Length);
            connections.UnionWith(response.Headers.GetValues("X-Connection"));
        }

        Assert.Single(connections);
        Assert.Empty(rig.Errors);
    }

    [Fact]
    public async Task Backend_OfAnUnknownAuthority_IsNotCalled()
    {
        await using var backend = await StartAsync();
        await using var rig = await ForwardRig.StartAsync(Url(backend, "localhost"));
        using var response = await rig.Http.GetAsync(rig.Url);
        Assert.Same(Faults.ConnectionFailed, Assert.Single(rig.Faults));
    }

    [Fact]
    public async Task Backend_UnderAnotherName_IsNotCalled()
    {
        await using var backend = await StartAsync();
        await using var rig = await ForwardRig.StartAsync(Url(backend, "127.0.0.1"), trusted: [Certificate]);
        using var response = await rig.Http.GetAsync(rig.Url);
        Assert.Same(Faults.ConnectionFailed, Assert.Single(rig.Faults));
    }

    [Theory]
    [InlineData("localhost", true, null)]
    [InlineData("localhost", false, "101503")]
    [InlineData("127.0.0.1", true, "101503")]
    public async Task BackendOfGrpc_IsCalledIfItsAuthorityAndNameAreRight(string host, bool isTrusted, string? code)
    {
        await using var backend = await StartAsync();
        await using var rig = await ForwardRig.StartAsync(Url(backend, host), trusted: isTrusted ? [Certificate] : []);
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, rig.Http2Url)
            {
                Version = HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                Content = new ByteArrayContent([0, 0, 0, 0, 0]) { Headers = { { "Content-Type", "application/grpc" } } },
            };
            using var response = await rig.Http.SendAsync(request);
            Assert.Equal(code is null, response.StatusCode == HttpStatusCode.OK);
        }

        Assert.All(rig.Faults, fault => Assert.Equal(code, fault?.Code));
        Assert.Empty(rig.Errors);
    }

    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => Certificate)));
        var app = builder.Build();
        app.Run(async http =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null);
            http.Response.Headers["X-Connection"] = http.Connection.Id;
            http.Response.Headers["X-Sni"] = http.Features.Get<Microsoft.AspNetCore.Connections.Features.ITlsHandshakeFeature>()!.HostName;
            await http.Response.Body.WriteAsync(new byte[1_000_000]);
        });
        await app.StartAsync();
        return app;
    }

    private static string Url(WebApplication app, string host)
    {
        var url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return $"https://{host}:{url.Port}";
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        // With its key as a server on every platform wants it.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
