using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Tollgate.Security.Fetch;

/// <summary>An HTTP client for URLs that somebody else wrote: limited in schemes, addresses, redirects, size and time.</summary>
/// <remarks>
/// A name is resolved once per connection, and the connection goes to the very address that was checked: a second answer of the name
/// server (DNS rebinding) is never asked for.
/// </remarks>
public sealed class GuardedClient : IDisposable
{
    /// <summary>How often an answer may send the client elsewhere.</summary>
    public const int MaxRedirects = 5;

    private readonly OutboundGuard _guard;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;
    private readonly HttpMessageInvoker _http;

    public GuardedClient(OutboundGuard guard, OutboundWorld world, TimeSpan timeout)
    {
        (_guard, _time, _resolve, _timeout) = (guard, world.Time, world.Resolve, timeout);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            Credentials = null,
            ActivityHeadersPropagator = null,
            AutomaticDecompression = DecompressionMethods.All,
            MaxResponseHeadersLength = 64,
            MaxResponseDrainSize = 0,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5),
            ConnectCallback = ConnectAsync,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = world.Trusts },
        });
    }

    /// <summary>Fetches a document; a status other than 2xx is a problem too.</summary>
    public async Task<Fetched> GetAsync(string url, int maxBytes, CancellationToken cancellation)
    {
        var answer = await SendAsync(HttpMethod.Get, url, maxBytes, cancellation);
        return answer.Problem is not null || (int)answer.Status is >= 200 and < 300
            ? answer
            : Fetched.Failed($"The server answered {(int)answer.Status}.");
    }

    /// <summary>Asks whether anybody answers; the body does not matter.</summary>
    public Task<Fetched> ProbeAsync(string url, CancellationToken cancellation) => SendAsync(HttpMethod.Head, url, 0, cancellation);

    public void Dispose() => _http.Dispose();

    private async Task<Fetched> SendAsync(HttpMethod method, string url, int maxBytes, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            return await FollowAsync(method, url, maxBytes, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Fetched.Failed($"The server did not answer within {_timeout.TotalSeconds:0.#} s.");
        }
        catch (Exception error) when (error is HttpRequestException or IOException or InvalidDataException)
        {
            return Fetched.Failed(Refused(error)?.Message ?? "The server cannot be reached, or does not speak HTTP with a certificate that is trusted.");
        }
    }

    private async Task<Fetched> FollowAsync(HttpMethod method, string url, int maxBytes, CancellationToken cancellation)
    {
        Uri? at = null;
        for (var hop = 0; hop <= MaxRedirects; hop++)
        {
            if (Problem(url, at) is { } problem)
            {
                return Fetched.Failed(problem);
            }

            at = at is null ? new Uri(url) : new Uri(at, url);
            using var request = new HttpRequestMessage(method, at);
            request.Headers.TryAddWithoutValidation("User-Agent", "Tollgate");
            request.Headers.TryAddWithoutValidation("Accept", "*/*");
            using var response = await _http.SendAsync(request, cancellation);
            if (response.Headers.Location is not { } elsewhere || (int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
            {
                return await ReadAsync(response, maxBytes, cancellation);
            }

            url = elsewhere.OriginalString;
        }

        return Fetched.Failed($"The server redirects more than {MaxRedirects} times.");
    }

    // Checked anew at each hop; where the name leads is checked when the connection is made.
    private static string? Problem(string url, Uri? from)
    {
        if (!(from is null ? Uri.TryCreate(url, UriKind.Absolute, out var target) : Uri.TryCreate(from, url, out target)))
        {
            return from is null ? "This is not an absolute URL." : "The server redirects to something that is no URL.";
        }

        if (target.Scheme is not ("http" or "https"))
        {
            return "Only http and https URLs are fetched.";
        }

        if (target.UserInfo.Length > 0)
        {
            return "A URL with a user or password in it is not fetched.";
        }

        return from is { Scheme: "https" } && target.Scheme == "http" ? "The server redirects from https to http." : null;
    }

    private static async Task<Fetched> ReadAsync(HttpResponseMessage response, int maxBytes, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        if (maxBytes > 0)
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            var chunk = new byte[16 * 1024];
            int read;
            while ((read = await body.ReadAsync(chunk, cancellation)) > 0)
            {
                // Of what comes out of decompression, not of what came over the line.
                if (content.Length + read > maxBytes)
                {
                    return Fetched.Failed($"The answer has more than {maxBytes} bytes.");
                }

                content.Write(chunk, 0, read);
            }
        }

        return new Fetched { Status = response.StatusCode, Reason = response.ReasonPhrase, Content = content.ToArray() };
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await AddressesAsync(host, cancellation);
        // One forbidden address among others is how such checks are tricked, not how public hosts look.
        if (addresses.Length == 0 || addresses.Any(address => !_guard.Permits(host, address)))
        {
            throw new RefusedAddressException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<IPAddress[]> AddressesAsync(string host, CancellationToken cancellation)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var literal))
        {
            return [literal];
        }

        try
        {
            return await _resolve(host, cancellation);
        }
        catch (SocketException error)
        {
            throw new IOException("The name does not resolve.", error);
        }
    }

    private static RefusedAddressException? Refused(Exception? error)
    {
        while (error is not (null or RefusedAddressException))
        {
            error = error.InnerException;
        }

        return (RefusedAddressException?)error;
    }

    // Says nothing of what the name resolved to: that would make this a map of the network inside.
    private sealed class RefusedAddressException() : IOException(
        "The host is not on the public internet. An operator may allow it under [outbound] in deployment.toml.");
}
