using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Tollgate.Gateway.Listen;
using Tollgate.Gateway.Transform;

namespace Tollgate.Gateway.Forward;

/// <summary>Sends a checked call to its backend and streams the answer back.</summary>
internal sealed class Forwarder(BackendClient backend, GatewayOptions options, TimeProvider time)
{
    private const int RelaySize = 64 * 1024;

    /// <summary>The HTTP status of a fault; backend faults are 500 where the older form is configured.</summary>
    public int StatusOf(Fault fault) => options.LegacyFaultStatus && fault.Status is 502 or 504 ? 500 : fault.Status;

    /// <summary>Null when the answer was passed on, else the fault to answer with.</summary>
    public async Task<Fault?> ForwardAsync(RequestContext context)
    {
        var aborted = context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>().RequestAborted;
        using var patience = new Patience(options, time, aborted);
        using var request = Request(context, patience.Token);
        try
        {
            return await ExchangeAsync(context, request, patience, aborted);
        }
        finally
        {
            CountBody(context, request);
        }
    }

    private async Task<Fault?> ExchangeAsync(RequestContext context, HttpRequestMessage request, Patience patience, CancellationToken aborted)
    {
        HttpResponseMessage response;
        var sentAt = Stopwatch.GetTimestamp();
        try
        {
            response = await backend.SendAsync(request, patience.Token);
            context.Exchange.BackendTime = Stopwatch.GetElapsedTime(sentAt);
        }
        catch (Exception error) when (!aborted.IsCancellationRequested && error is HttpRequestException or OperationCanceledException or IOException)
        {
            return FaultOf(error, request.Content as ForwardedContent, patience);
        }

        // Mostly the whole body is sent by now; counted before the client has its answer, it holds for the client's next call.
        CountBody(context, request);
        using (response)
        {
            return await AnswerAsync(context.Features, context.Exchange, response, patience);
        }
    }

    private static void CountBody(RequestContext context, HttpRequestMessage request)
    {
        if (request.Content is ForwardedContent body)
        {
            context.Exchange.CountBody(body.Sent);
        }
    }

    private static HttpRequestMessage Request(RequestContext context, CancellationToken cancellation)
    {
        var (features, exchange) = (context.Features, context.Exchange);
        var incoming = features.GetRequiredFeature<IHttpRequestFeature>();
        var query = incoming.RawTarget.IndexOf('?', StringComparison.Ordinal);
        var target = exchange.Endpoint + context.Reader.PathFrom(exchange.ContextLength)
            + (query < 0 ? "" : OutboundQuery.Of(incoming.RawTarget[query..], exchange));
        var request = new HttpRequestMessage(new HttpMethod(incoming.Method), Target(target))
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        if (features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
        {
            request.Content = new ForwardedContent(
                features.GetRequiredFeature<IRequestBodyPipeFeature>().Reader, incoming.Headers.ContentLength, cancellation);
        }

        var client = features.GetRequiredFeature<IHttpConnectionFeature>().RemoteIpAddress ?? IPAddress.None;
        OutboundHeaders.Copy(incoming.Headers, request, exchange, client, incoming.Scheme);
        return request;
    }

    // The path is canonical already; Uri must not decode or compact it again.
    private static Uri Target(string url) => new(url, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    private static async Task<Fault?> AnswerAsync(IFeatureCollection features, Exchange exchange, HttpResponseMessage response, Patience patience)
    {
        var outgoing = features.GetRequiredFeature<IHttpResponseFeature>();
        outgoing.StatusCode = (int)response.StatusCode;
        Copy(response.Headers.NonValidated, outgoing.Headers);
        Copy(response.Content.Headers.NonValidated, outgoing.Headers);
        outgoing.Headers[FaultBody.CorrelationHeader] = exchange.Id;
        try
        {
            patience.WhileStreaming();
            await StreamAsync(features, response, patience);
            return null;
        }
        catch (Exception error) when (!patience.ClientGone && error is IOException or HttpRequestException or OperationCanceledException)
        {
            return error is OperationCanceledException ? Faults.ResponseTimeout : Faults.ProtocolViolation;
        }
    }

    private static async Task StreamAsync(IFeatureCollection features, HttpResponseMessage response, Patience patience)
    {
        await using var body = await response.Content.ReadAsStreamAsync(patience.Token);
        var writer = features.GetRequiredFeature<IHttpResponseBodyFeature>().Writer;
        var buffer = ArrayPool<byte>.Shared.Rent(RelaySize);
        try
        {
            int read;
            while ((read = await body.ReadAsync(buffer, patience.Token)) > 0)
            {
                patience.WhileStreaming();
                // Flushes: what came goes out before the next piece is awaited, so that streams of events arrive as they happen.
                if ((await writer.WriteAsync(buffer.AsMemory(0, read), patience.Token)).IsCompleted)
                {
                    return;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Copy(HttpHeadersNonValidated from, IHeaderDictionary to)
    {
        foreach (var (name, values) in from)
        {
            if (!OutboundHeaders.IsHopByHop(name))
            {
                to[name] = values.Count == 1 ? values.ToString() : new StringValues([.. values]);
            }
        }
    }

    private static Fault FaultOf(Exception error, ForwardedContent? body, Patience patience)
    {
        if (body?.ClientFailed == true)
        {
            return error.InnerException is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }
                ? Faults.TooLarge
                : Faults.IncompletePayload;
        }

        if (patience.IsOver)
        {
            return Faults.ResponseTimeout;
        }

        return error is HttpRequestException { InnerException: SocketException } or HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
        }
            ? Faults.ConnectionFailed
            : error is OperationCanceledException ? Faults.ConnectTimeout
            : Faults.ProtocolViolation;
    }
}
