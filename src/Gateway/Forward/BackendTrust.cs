using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Tollgate.Gateway.Forward;

/// <summary>Which authorities vouch for a backend: those of the system and, beside them, those of a truststore.</summary>
internal sealed class BackendTrust
{
    private readonly X509Certificate2Collection _authorities = [];

    public BackendTrust(X509Certificate2Collection trusted)
    {
        if (trusted.Count == 0)
        {
            return;
        }

        _authorities.AddRange(trusted);
        using var system = new X509Store(StoreName.Root, StoreLocation.LocalMachine);
        system.Open(OpenFlags.ReadOnly);
        _authorities.AddRange(system.Certificates);
    }

    /// <summary>Agrees on TLS with a backend that has a certificate of these for its name.</summary>
    public async Task<SslStream> SecureAsync(Stream connection, string host, SslApplicationProtocol protocol, CancellationToken cancellation)
    {
        var tls = new SslStream(connection);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                // Both the name that is asked for (SNI) and the one that the certificate must have.
                TargetHost = host,
                CertificateChainPolicy = NewPolicy(),
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                ApplicationProtocols = [protocol],
            },
            cancellation);
        return tls;
    }

    // For one handshake, which adds to it what the backend presents; null leaves the choice to the system.
    private X509ChainPolicy? NewPolicy()
    {
        if (_authorities.Count == 0)
        {
            return null;
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(_authorities);
        return policy;
    }
}
