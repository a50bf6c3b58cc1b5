using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Tollgate.Gateway.Forward;

namespace Tollgate.Unit.Gateway.Forward;

/// <summary>What the parsers of heads and chunks make of a response that arrives in pieces.</summary>
internal sealed class ReadResponse
{
    public ResponseHead Head { get; } = new();

    public HeaderDictionary Headers { get; } = [];

    public ArrayBufferWriter<byte> Body { get; } = new();

    public ChunkedBody Chunks { get; private set; }

    public Parsed Outcome { get; private set; } = Parsed.NeedMore;

    public Flaw Flaw { get; private set; }

    /// <summary>Bytes behind the response.</summary>
    public int Left { get; private set; }

    public static ReadResponse Of(string text, int piece = int.MaxValue) => new ReadResponse().Read(Encoding.Latin1.GetBytes(text), piece);

    /// <summary>Reads another response with the same head, as a connection does.</summary>
    public ReadResponse Read(byte[] bytes, int piece = int.MaxValue)
    {
        Head.Begin();
        Headers.Clear();
        Body.Clear();
        Chunks = default;
        Outcome = Parsed.NeedMore;
        Flaw = Flaw.None;
        var (start, isBody) = (0, false);
        for (var end = 0; end < bytes.Length && Outcome == Parsed.NeedMore;)
        {
            end = (int)Math.Min((long)end + piece, bytes.Length);
            while (Outcome == Parsed.NeedMore)
            {
                var used = isBody ? ReadBody(bytes.AsSpan(start, end - start)) : ReadHead(bytes.AsSpan(start, end - start), ref isBody);
                start += used;
                if (used == 0)
                {
                    break;
                }
            }
        }

        Left = bytes.Length - start;
        return this;
    }

    private int ReadHead(ReadOnlySpan<byte> bytes, ref bool isBody)
    {
        var parsed = Head.Read(bytes, out var used);
        if (parsed == Parsed.Refused)
        {
            (Outcome, Flaw) = (parsed, Head.Flaw);
        }
        else if (parsed == Parsed.Done && Head.Status < 200)
        {
            Head.Begin();
        }
        else if (parsed == Parsed.Done)
        {
            Head.CopyTo(Headers);
            isBody = true;
            Outcome = Head is { ContentLength: 0, IsChunked: false } ? Parsed.Done : Parsed.NeedMore;
        }

        return used;
    }

    private int ReadBody(ReadOnlySpan<byte> bytes)
    {
        if (Head.IsChunked)
        {
            var chunks = Chunks;
            Outcome = chunks.Read(bytes, Body, out var used);
            Chunks = chunks;
            Flaw = chunks.Flaw;
            return used;
        }

        var count = Head.ContentLength < 0 ? bytes.Length : (int)Math.Min(Head.ContentLength - Body.WrittenCount, bytes.Length);
        Body.Write(bytes[..count]);
        Outcome = Body.WrittenCount == Head.ContentLength ? Parsed.Done : Parsed.NeedMore;
        return count;
    }
}
