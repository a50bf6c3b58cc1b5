using System.Collections.Frozen;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Tollgate.Server.Certificates;

/// <summary>What the HTTPS listeners present, by the name that a client asks for (SNI, RFC 6066 section 3). Replaced as a whole when files change.</summary>
internal sealed class TlsCertificates(LoadedCertificates first, CipherSuitesPolicy? suites)
{
    private Profiles _profiles = Profiles.Of(first, suites);

    /// <summary>What a client that asks for this name gets to see.</summary>
    public X509Certificate2 CertificateFor(string? serverName) => For(serverName, http2: true).ServerCertificateContext!.TargetCertificate;

    public void Replace(LoadedCertificates certificates) => Volatile.Write(ref _profiles, Profiles.Of(certificates, suites));

    /// <summary>Options of a handshake; the same object for the same certificate, so that sessions can be resumed.</summary>
    public SslServerAuthenticationOptions For(string? serverName, bool http2)
    {
        var profile = Volatile.Read(ref _profiles).For(serverName);
        return http2 ? profile.Http2 : profile.Http1;
    }

    private sealed record Profiles(Profile Common, FrozenDictionary<string, Profile> Hosts)
    {
        public static Profiles Of(LoadedCertificates certificates, CipherSuitesPolicy? suites) => new(
            Profile.Of(certificates.Common, suites),
            certificates.Hosts.ToFrozenDictionary(host => host.Key, host => Profile.Of(host.Value, suites), StringComparer.OrdinalIgnoreCase));

        public Profile For(string? serverName)
        {
            if (Hosts.Count == 0 || string.IsNullOrEmpty(serverName))
            {
                return Common;
            }

            if (Hosts.TryGetValue(serverName, out var own))
            {
                return own;
            }

            // One label, as in certificates (RFC 6125 section 6.4.3).
            var dot = serverName.IndexOf('.', StringComparison.Ordinal);
            return dot > 0 && Hosts.TryGetValue("*" + serverName[dot..], out var wild) ? wild : Common;
        }
    }

    private sealed record Profile(SslServerAuthenticationOptions Http2, SslServerAuthenticationOptions Http1)
    {
        public static Profile Of(CertificateWithChain certificate, CipherSuitesPolicy? suites)
        {
            // Made once: building the chain at every handshake costs more than the handshake. Offline: no start waits for somebody's server.
            var context = SslStreamCertificateContext.Create(certificate.Leaf, certificate.Others, offline: true);
            return new Profile(
                Options(context, suites, SslApplicationProtocol.Http2, SslApplicationProtocol.Http11), Options(context, suites, SslApplicationProtocol.Http11));
        }

        private static SslServerAuthenticationOptions Options(
            SslStreamCertificateContext context, CipherSuitesPolicy? suites, params IEnumerable<SslApplicationProtocol> protocols)
        {
            return new SslServerAuthenticationOptions
            {
                ServerCertificateContext = context,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                CipherSuitesPolicy = suites,
                ApplicationProtocols = [.. protocols],
            };
        }
    }
}

/// <summary>A certificate with its private key, and those that lead to an authority.</summary>
internal sealed record CertificateWithChain(X509Certificate2 Leaf, X509Certificate2Collection Others);

/// <summary>The certificates of the listeners as they stand in their files.</summary>
internal sealed record LoadedCertificates(CertificateWithChain Common, IReadOnlyDictionary<string, CertificateWithChain> Hosts);
