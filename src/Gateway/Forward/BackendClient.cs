using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Tollgate.Gateway.Forward;

/// <summary>The HTTP client towards backends: no redirects, no cookies, no proxy, no decompression; what comes is passed on as it is.</summary>
public sealed class BackendClient(GatewayOptions options, X509Certificate2Collection trusted) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = options.ConnectTimeout,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
        EnableMultipleHttp2Connections = true,
        MaxResponseHeadersLength = 64,
        // Bytes outside ASCII are passed on as they are, see RequestReader.
        RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Policy(trusted) },
    });

    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation) => _http.SendAsync(request, cancellation);

    public void Dispose() => _http.Dispose();

    // The system's authorities and, beside them, those of the configured truststore.
    private static X509ChainPolicy? Policy(X509Certificate2Collection trusted)
    {
        if (trusted.Count == 0)
        {
            return null;
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(trusted);
        using var system = new X509Store(StoreName.Root, StoreLocation.LocalMachine);
        system.Open(OpenFlags.ReadOnly);
        policy.CustomTrustStore.AddRange(system.Certificates);
        return policy;
    }
}
