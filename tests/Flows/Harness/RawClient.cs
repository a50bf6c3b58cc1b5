using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Tollgate.Flows.Harness;

/// <summary>Sends bytes that no well-behaved client would, and reads while it writes.</summary>
public static class RawClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A GET with these header lines over HTTP/1.1; everything that was answered until the server hung up.</summary>
    public static Task<string> ExchangeAsync(Uri url, params IEnumerable<string> headerLines) => SendAsync(
        url, Encoding.Latin1.GetBytes($"GET {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\n{string.Join("\r\n", headerLines)}\r\n\r\n"));

    /// <summary>These very bytes; everything that was answered until the server hung up.</summary>
    public static async Task<string> SendAsync(Uri url, ReadOnlyMemory<byte> request)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port, patience.Token);
        await using var stream = await SecureAsync(client.GetStream(), url, patience.Token);
        var writing = WriteAsync(stream, request, patience.Token);
        var answer = await ReadAsync(stream, patience.Token);
        await writing;
        return answer;
    }

    private static async Task<Stream> SecureAsync(NetworkStream network, Uri url, CancellationToken cancellation)
    {
        if (url.Scheme == Uri.UriSchemeHttp)
        {
            return network;
        }

        // Whom it talks to is not what these tests are about.
        var secure = new SslStream(network, leaveInnerStreamOpen: false, (_, _, _, _) => true);
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = url.Host }, cancellation);
        return secure;
    }

    private static async Task WriteAsync(Stream stream, ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        try
        {
            await stream.WriteAsync(request, cancellation);
        }
        catch (IOException)
        {
            // The server has answered and hung up before it had everything.
        }
    }

    private static async Task<string> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var answer = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
            {
                answer.Write(buffer, 0, read);
            }
        }
        catch (IOException)
        {
            // Hung up with our bytes unread: the network tells us so after the answer.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }
}
