using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tollgate.Flows.Harness;

namespace Tollgate.Stress.Gateway;

/// <summary>The file of a certificate for a name of its own, renewed while the gateway runs.</summary>
internal sealed class RenewedCertificate : IDisposable
{
    public const string Name = "gateway.example";

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"tollgate-{Guid.NewGuid():n}.pem");

    public RenewedCertificate() => Write();

    public int Renewed { get; private set; }

    public string Configuration =>
        $"""
        [keystore]
        reload_interval = "1s"

        [[keystore.host]]
        names = ["{Name}"]
        file_name = "{_path}"
        """;

    /// <summary>Writes a new one and waits until the gateway presents it.</summary>
    public async Task RenewAsync(int port)
    {
        Renewed++;
        Write();
        await Wait.UntilAsync("the renewed certificate", TimeSpan.FromSeconds(15), async () => await PresentedAsync(port) == Subject);
    }

    public void Dispose() => File.Delete(_path);

    private string Subject => "CN=" + Renewed.ToString(CultureInfo.InvariantCulture);

    // Moved to its place, so that nobody reads half of it.
    private void Write()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = DateTimeOffset.UtcNow;
        using var certificate = new CertificateRequest(Subject, key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(90));
        File.WriteAllText(_path + ".new", certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        File.Move(_path + ".new", _path, overwrite: true);
    }

    private static async Task<string> PresentedAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        await using var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = Name });
        return stream.RemoteCertificate!.Subject;
    }
}
