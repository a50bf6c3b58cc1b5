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

    /// <summary>For one handshake, which changes it; null leaves the choice to the system.</summary>
    public X509ChainPolicy? NewPolicy()
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
