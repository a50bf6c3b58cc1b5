using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tollgate.Security.Secrets;

namespace Tollgate.Server.Certificates;

/// <summary>The self-signed certificate of a node without a keystore; made at its first start and kept.</summary>
internal static class DevelopmentCertificate
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Reads the file, or makes it; a new one also when the old one ends within a month or is for another host.</summary>
    public static X509Certificate2 LoadOrCreate(string path, string hostName, TimeProvider time)
    {
        if (File.Exists(path))
        {
            var known = X509Certificate2.CreateFromPemFile(path);
            if (known.NotAfter.ToUniversalTime() > time.GetUtcNow().UtcDateTime.AddMonths(1) && known.MatchesHostname(hostName))
            {
                return known;
            }
        }

        Create(path, hostName, time.GetUtcNow());
        return X509Certificate2.CreateFromPemFile(path);
    }

    private static void Create(string path, string hostName, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={hostName}, O=Tollgate development", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(hostName);
        if (hostName != "localhost")
        {
            names.AddDnsName("localhost");
        }

        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(2));

        PrivateFile.Write(path, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
    }
}
