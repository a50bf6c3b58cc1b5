using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Tollgate.Server.Certificates;

/// <summary>Decides whether another server's certificate is trusted: by the system's authorities or by those that are given.</summary>
internal static class ServerTrust
{
    /// <summary>Host name included.</summary>
    public static RemoteCertificateValidationCallback Of(X509Certificate2Collection trusted) => (_, presented, chain, errors) =>
        IsTrusted(trusted, presented, chain, errors);

    /// <summary>Whatever host the certificate was made for.</summary>
    public static RemoteCertificateValidationCallback OfAnyHost(X509Certificate2Collection trusted) => (_, presented, chain, errors) =>
        IsTrusted(trusted, presented, chain, errors & ~SslPolicyErrors.RemoteCertificateNameMismatch);

    private static bool IsTrusted(X509Certificate2Collection trusted, X509Certificate? presented, X509Chain? chain, SslPolicyErrors errors)
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
    }
}
