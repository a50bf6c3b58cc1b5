using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Primitives;
using Tollgate.Gateway.Listen;
using Tollgate.Gateway.Transform;

namespace Tollgate.Gateway.Forward;

/// <summary>
/// Passes calls of gRPC on over HTTP/2, both ways at once and with their trailers: to http:// endpoints with prior knowledge, to https:// by ALPN.
/// </summary>
/// <remarks>HTTP/2 towards backends is the framework's: its cost per call is small beside what a stream carries.</remarks>
internal sealed class GrpcForwarder : IDisposable
{
    private const string ContentType = "application/grpc";
    private const int BlockSize = 16 * 1024;

    private readonly HttpMessageInvoker _http;
    private readonly GatewayOptions _options;
    private readonly BackendTrust _trust;
    private readonly TimeProvider _time;

    public GrpcForwarder(GatewayOptions options, BackendTrust trust, TimeProvider time)
    {
        _options = options;
        _trust = trust;
        _time = time;
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = options.ConnectTimeout,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            EnableMultipleHttp2Connections = true,
            // A stream may be silent for long; that the backend is still there is asked apart from it.
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            MaxResponseHeadersLength = 64,
            RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
            ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
            ConnectCallback = ConnectAsync,
        });
    }

    /// <summary>True for a call that only HTTP/2 can carry on.</summary>
    public static bool Takes(IHttpRequestFeature request) =>
        request.Headers.ContentType is [{ } type] && type.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
        && (type.Length == ContentType.Length || type[ContentType.Length] is '+' or ';' or ' ') && HttpProtocol.IsHttp2(request.Protocol);

    public void Dispose() => _http.Dispose();

    /// <summary>Null when the answer was passed on or the client has left, else the fault to answer with.</summary>
    public async ValueTask<Fault?> ForwardAsync(RequestContext context, BackendAddress address)
    {
        var aborted = context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>().RequestAborted;
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            // A stream of messages is no slow upload.
            rate.MinDataRate = null;
        }

        using var late = new CancellationTokenSource(_options.ResponseTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, late.Token);
        var body = new GrpcBody(context, either.Token);
        using var request = Request(context, address, body);
        var isAnswered = false;
        try
        {
            var sentAt = Stopwatch.GetTimestamp();
            using var response = await _http.SendAsync(request, either.Token);
            context.Exchange.BackendTime = Stopwatch.GetElapsedTime(sentAt);
            late.CancelAfter(Timeout.InfiniteTimeSpan);
            isAnswered = true;
            await AnswerAsync(context, response, either.Token);
            return null;
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            return aborted.IsCancellationRequested ? null
                : body.IsBroken ? Faults.IncompletePayload
                : late.IsCancellationRequested ? Faults.ResponseTimeout
                : isAnswered ? Faults.ProtocolViolation
                : FaultOf(error);
        }
    }

    // Each handshake has a policy of its own: the framework would use one for all of them, which grows by what every backend presents.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            var stream = new NetworkStream(socket, ownsSocket: true);
            return context.InitialRequestMessage.RequestUri!.Scheme == Uri.UriSchemeHttps
                ? await _trust.SecureAsync(stream, context.DnsEndPoint.Host, SslApplicationProtocol.Http2, cancellation)
                : stream;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Fault FaultOf(Exception error) => error switch
    {
        OperationCanceledException => Faults.ConnectTimeout,
        HttpRequestException { InnerException: AuthenticationException } => Faults.ConnectionFailed,
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
        } => Faults.ConnectionFailed,
        _ => Faults.ProtocolViolation,
    };

    private static HttpRequestMessage Request(RequestContext context, BackendAddress address, GrpcBody body)
    {
        var incoming = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        var view = context.Reader.View(incoming, context.Caller, context.Exchange.Now);
        var buffer = new HeadBuffer();
        RequestHead.WriteTarget(buffer, view, incoming, address, context.Exchange);
        var target = address.BaseUrl + Encoding.ASCII.GetString(buffer.Written.Span);
        var request = new HttpRequestMessage(
            new HttpMethod(incoming.Method), new Uri(target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = body,
        };
        buffer.Clear();
        OutboundHeaders.Write(buffer, view, context.Exchange);
        foreach (var line in Encoding.Latin1.GetString(buffer.Written.Span).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (!request.Headers.TryAddWithoutValidation(line[..colon], line[(colon + 2)..]))
            {
                body.Headers.TryAddWithoutValidation(line[..colon], line[(colon + 2)..]);
            }
        }

        // Says of the gateway itself that trailers are welcome; servers of gRPC insist on it.
        request.Headers.TryAddWithoutValidation("TE", "trailers");
        return request;
    }

    private static async Task AnswerAsync(RequestContext context, HttpResponseMessage response, CancellationToken cancellation)
    {
        var outgoing = context.Features.GetRequiredFeature<IHttpResponseFeature>();
        outgoing.StatusCode = (int)response.StatusCode;
        Copy(response.Headers.NonValidated, outgoing.Headers);
        Copy(response.Content.Headers.NonValidated, outgoing.Headers);
        outgoing.Headers[FaultBody.CorrelationHeader] = context.Exchange.Id;
        await RelayAsync(context.Features.GetRequiredFeature<IHttpResponseBodyFeature>(), response, cancellation);
        if (context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers is { IsReadOnly: false } trailers)
        {
            Copy(response.TrailingHeaders.NonValidated, trailers);
        }
    }

    private static async Task RelayAsync(IHttpResponseBodyFeature outgoing, HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            while (true)
            {
                var reading = body.ReadAsync(block, cancellation);
                if (!reading.IsCompleted)
                {
                    // The head goes out before the first message is there: streams in both directions begin with it.
                    await outgoing.Writer.FlushAsync(cancellation);
                }

                var read = await reading;
                if (read == 0 || (await outgoing.Writer.WriteAsync(block.AsMemory(0, read), cancellation)).IsCompleted)
                {
                    return;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private static void Copy(HttpHeadersNonValidated from, IHeaderDictionary to)
    {
        foreach (var (name, values) in from)
        {
            to[name] = values.Count == 1 ? values.ToString() : new StringValues([.. values]);
        }
    }
}
