using System.Net.Security;

namespace Tollgate.Server.Certificates;

/// <summary>Which cipher suites the management port takes: authenticated encryption with forward secrecy (RFC 9325 section 4.2).</summary>
/// <remarks>Not for the gateway's port: with a policy OpenSSL's context is made anew for every connection (ADR 42).</remarks>
internal static class CipherSuites
{
    // The first three are those of TLS 1.3.
    private static readonly TlsCipherSuite[] Authenticated =
    [
        TlsCipherSuite.TLS_AES_128_GCM_SHA256, TlsCipherSuite.TLS_AES_256_GCM_SHA384, TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    ];

    /// <summary>Null where the operating system alone decides (Windows).</summary>
    public static CipherSuitesPolicy? Policy() =>
        OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() ? new CipherSuitesPolicy(Authenticated) : null;
}
