using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tollgate.Server.Certificates;

namespace Tollgate.Unit.Server.Certificates;

/// <summary>What is said of another node's certificate.</summary>
public sealed class NodeTrustTests
{
    [Theory]
    [InlineData(SslPolicyErrors.RemoteCertificateNameMismatch, "for other names (CN=node)")]
    [InlineData(SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateChainErrors, "for other names (CN=node)")]
    [InlineData(SslPolicyErrors.RemoteCertificateChainErrors, "belongs into [truststore]")]
    public void Of_ACertificateThatIsRefused_SaysWhatToMend(SslPolicyErrors errors, string said)
    {
        using var certificate = Certificate();
        using var chain = new X509Chain();

        var refused = Assert.Throws<AuthenticationException>(() => NodeTrust.Of([])(this, certificate, chain, errors));

        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ACertificateOfTheTruststore_IsTrusted()
    {
        using var certificate = Certificate();
        using var chain = new X509Chain();

        Assert.True(NodeTrust.Of([certificate])(this, certificate, chain, SslPolicyErrors.RemoteCertificateChainErrors));
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        return new CertificateRequest("CN=node", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
    }
}
