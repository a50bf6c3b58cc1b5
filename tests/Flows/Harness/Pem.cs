using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tollgate.Flows.Harness;

/// <summary>Certificates that vouch for themselves.</summary>
public static class Pem
{
    /// <summary>A certificate that ends in so many days.</summary>
    public static string New(string subject, int days)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.CreateSelfSigned(now.AddDays(-10), now.AddDays(days));
        return certificate.ExportCertificatePem();
    }
}
