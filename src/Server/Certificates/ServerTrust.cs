using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Tollgate.Server.Certificates;

/// <summary>Decides whether another node's certificate is trusted: by the system's authorities or those of <c>[truststore]</c>, host name included.</summary>
internal static class ServerTrust
{
    public static RemoteCertificateValidationCallback Of(X509Certificate2Collection trusted) => (_, presented, chain, errors) =>
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        // Only an unknown authority may be made up for by the trust store; a wrong host name or a missing certificate may not.
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || presented is null || trusted.Count == 0)
        {
            return false;
        }

        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.CustomTrustStore.AddRange(trusted);
        own.ChainPolicy.ExtraStore.AddRange((X509Certificate2[])[.. chain?.ChainElements.Select(element => element.Certificate) ?? []]);
        return own.Build(new X509Certificate2(presented));
    };
}
