using System.Buffers.Text;
using Microsoft.AspNetCore.Http.Features;
using Tollgate.Gateway.Transform;

namespace Tollgate.Gateway.Forward;

/// <summary>Writes the head of the request that goes to the backend, from the bytes that were checked.</summary>
internal static class RequestHead
{
    public static void Write(HeadBuffer to, BackendCall call)
    {
        var (context, exchange) = (call.Context, call.Context.Exchange);
        var request = context.Reader.View(call.Request, context.Caller, exchange.Now);
        to.Clear();
        to.Add(request.Method);
        to.Add(" "u8);
        WriteTarget(to, request, call.Request, call.Address, exchange);
        to.Add(" HTTP/1.1\r\nHost: "u8);
        to.Add(call.Address.Authority);
        to.Add("\r\n"u8);
        OutboundHeaders.Write(to, request, exchange);
        WriteFraming(to, request.Method, call);
        to.Add("\r\n"u8);
    }

    /// <summary>Writes path and query. The canonical path is what was checked, so it is what goes on.</summary>
    public static void WriteTarget(HeadBuffer to, in RequestView request, IHttpRequestFeature incoming, BackendAddress address, Exchange exchange)
    {
        var start = to.Length;
        to.Add(address.Path);
        to.Add(request.Path[exchange.ContextLength..]);
        if (to.Length == start)
        {
            to.Add("/"u8);
        }

        OutboundQuery.Write(to, request.Query, !request.Query.IsEmpty || incoming.RawTarget.EndsWith('?'), exchange);
    }

    private static void WriteFraming(HeadBuffer to, ReadOnlySpan<byte> method, BackendCall call)
    {
        call.IsHead = method.SequenceEqual("HEAD"u8);
        var isSafe = call.IsHead || method.SequenceEqual("GET"u8) || method.SequenceEqual("OPTIONS"u8) || method.SequenceEqual("TRACE"u8);
        call.IsIdempotent = isSafe || method.SequenceEqual("PUT"u8) || method.SequenceEqual("DELETE"u8);
        if (call.Upgrade is not null)
        {
            to.Add("Connection: Upgrade\r\nUpgrade: websocket\r\n"u8);
        }
        else if (call.Body is not null && call.BodyLength is null)
        {
            to.Add("Transfer-Encoding: chunked\r\n"u8);
        }
        else if (call.Body is not null || !(isSafe || method.SequenceEqual("DELETE"u8)))
        {
            // RFC 9110 section 8.6: a method that means something by its body says so when there is none.
            const int LongestNumber = 20;
            to.Add("Content-Length: "u8);
            Utf8Formatter.TryFormat(call.BodyLength ?? 0, to.Free(LongestNumber), out var written);
            to.Advance(written);
            to.Add("\r\n"u8);
        }
    }
}
