using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Tollgate.Load.Processes;

/// <summary>A client that trusts one self-signed certificate; its file may appear while the server starts.</summary>
internal static class PinnedClient
{
    public static HttpClient For(string certificateFile) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, presented, _, _) =>
            {
                using var trusted = X509Certificate2.CreateFromPem(File.ReadAllText(certificateFile));
                return presented?.GetCertHashString() == trusted.GetCertHashString();
            },
        },
    })
    {
        Timeout = TimeSpan.FromSeconds(60),
    };
}
