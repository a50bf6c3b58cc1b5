using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Tollgate.Gateway.Listen;

/// <summary>Ends connections whose cipher suite has no authenticated encryption (CBC, RFC 7366) before a byte is read from them.</summary>
/// <remarks>
/// Refusing such suites in the handshake takes a policy, and with one .NET makes OpenSSL's context anew for every connection: 1.4 times the
/// processor time of a new one, and 3.4 times that of one that resumes a session, which no longer works then (ADR 42).
/// </remarks>
internal static class CipherCheck
{
    public static void Use(ListenOptions listen) => listen.Use(static next => connection =>
    {
        if (connection.Features.Get<ITlsHandshakeFeature>() is { } handshake && IsAuthenticated(handshake))
        {
            return next(connection);
        }

        connection.Abort();
        return Task.CompletedTask;
    });

    // All suites of TLS 1.3 are; of those of TLS 1.2 the ones that .NET offers on its own.
    private static bool IsAuthenticated(ITlsHandshakeFeature handshake) => handshake.Protocol == SslProtocols.Tls13
        || handshake.NegotiatedCipherSuite is TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 or TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
            or TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 or TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
            or TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 or TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256;
}
