using System.Buffers;
using System.Text;
using Tollgate.Gateway.Forward;

namespace Tollgate.Stress;

/// <summary>A million mutated responses: the parsers never throw, never read beyond what is there, and never depend on how the bytes arrive.</summary>
public sealed class ResponseMutationTests
{
    private const int Cases = 1_000_000;
    private const int Seed = 20261201;

    private static readonly byte[][] Templates =
    [
        .. new[]
        {
            "HTTP/1.1 200 OK\r\nDate: now\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive, X-A\r\nX-A: 1\r\n\r\n5;a=b\r\nhello\r\n1\r\n!\r\n0\r\nX-B: 2\r\n\r\n",
            "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.0 404 Not Found\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n\r\nuntil the end",
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nframes",
            "HTTP/1.1 204 No Content\r\nX-Long: " + new string('x', 600) + "\r\nContent-Length: 0\r\n\r\n",
        }.Select(Encoding.Latin1.GetBytes),
    ];

    private static readonly byte[][] Splices =
    [
        .. new[]
        {
            "\r\n", "\n", "\r", "\0", ":", " ", "\t", ";", ",", "0", "f", "ffffffffffffffff", "-", "chunked", "Transfer-Encoding: chunked\r\n",
            "Content-Length: 7\r\n", "Connection: close\r\n", "HTTP/1.1 200 OK\r\n", "\r\n\r\n", " folded\r\n", "\u00ff",
        }.Select(Encoding.Latin1.GetBytes),
    ];

    [Fact]
    public void Parsers_OfMutatedResponses_AlwaysSayTheSameHoweverTheBytesArrive()
    {
        var random = new Random(Seed);
        var (whole, pieces) = (new Reading(), new Reading());
        var outcomes = new Dictionary<Parsed, int>();
        var flaws = new HashSet<Flaw>();
        for (var i = 0; i < Cases; i++)
        {
            var bytes = Mutate(Templates[random.Next(Templates.Length)], random);
            whole.Read(bytes, bytes.Length, null);
            pieces.Read(bytes, 1 + random.Next(bytes.Length), random);
            if (whole.Summary != pieces.Summary || !whole.Body.WrittenSpan.SequenceEqual(pieces.Body.WrittenSpan))
            {
                Assert.Fail($"case {i}: whole {whole.Summary}, in pieces {pieces.Summary}: {Convert.ToHexString(bytes)}");
            }

            outcomes[whole.Summary.Outcome] = outcomes.GetValueOrDefault(whole.Summary.Outcome) + 1;
            flaws.Add(whole.Flaw);
        }

        // The mutations reach all outcomes, and nearly all reasons to refuse.
        Assert.All([Parsed.Done, Parsed.NeedMore, Parsed.Refused], outcome => Assert.InRange(outcomes.GetValueOrDefault(outcome), Cases / 100, Cases));
        Assert.Superset(
            new HashSet<Flaw>
            {
                Flaw.StatusLine, Flaw.LineEnd, Flaw.FoldedLine, Flaw.HeaderName, Flaw.HeaderValue, Flaw.ContentLength, Flaw.TransferEncoding,
                Flaw.LengthAndEncoding, Flaw.ChunkSize, Flaw.ChunkExtension, Flaw.ChunkEnd, Flaw.Trailer,
            },
            flaws);
    }

    private static byte[] Mutate(byte[] template, Random random)
    {
        var bytes = new List<byte>(template);
        for (var times = random.Next(4); times >= 0; times--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.InsertRange(at, Splices[random.Next(Splices.Length)]);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, 1 + random.Next(4)));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, random.Next(40))));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }

            if (bytes.Count == 0)
            {
                bytes.Add((byte)'H');
            }
        }

        return [.. bytes];
    }

    /// <summary>Reads one response after the other with the same parsers, as a connection does.</summary>
    private sealed class Reading
    {
        private readonly ResponseHead _head = new();
        private ChunkedBody _chunks;
        private bool _isBody;

        public ArrayBufferWriter<byte> Body { get; } = new();

        public Flaw Flaw { get; private set; }

        public (Parsed Outcome, int Status, long Length, bool KeepsAlive, int Left) Summary { get; private set; }

        public void Read(byte[] bytes, int piece, Random? random)
        {
            _head.Begin();
            _chunks = default;
            _isBody = false;
            Body.ResetWrittenCount();
            var (start, end, outcome) = (0, 0, Parsed.NeedMore);
            while (outcome == Parsed.NeedMore && end < bytes.Length)
            {
                end = Math.Min(bytes.Length, end + piece);
                piece = random is null ? piece : 1 + random.Next(32);
                int used;
                do
                {
                    outcome = _isBody ? ReadBody(bytes.AsSpan(start, end - start), out used) : ReadHead(bytes.AsSpan(start, end - start), out used);
                    start += used;
                }
                while (outcome == Parsed.NeedMore && used > 0);
            }

            // Which of two flaws is found first depends on how much there is to see.
            Flaw = outcome == Parsed.Refused ? _isBody ? _chunks.Flaw : _head.Flaw : Flaw.None;
            Summary = outcome == Parsed.Refused
                ? (outcome, 0, 0, false, 0)
                : (outcome, _head.Status, _head.ContentLength, _head.KeepsAlive, bytes.Length - start);
        }

        private Parsed ReadHead(ReadOnlySpan<byte> bytes, out int used)
        {
            var parsed = _head.Read(bytes, out used);
            if (parsed != Parsed.Done)
            {
                return parsed;
            }

            if (_head.Status is >= 200 or 101)
            {
                _isBody = true;
                return _head is { ContentLength: 0, IsChunked: false } ? Parsed.Done : Parsed.NeedMore;
            }

            _head.Begin();
            return Parsed.NeedMore;
        }

        private Parsed ReadBody(ReadOnlySpan<byte> bytes, out int used)
        {
            if (_head.IsChunked)
            {
                return _chunks.Read(bytes, Body, out used);
            }

            used = _head.ContentLength < 0 ? bytes.Length : (int)Math.Min(_head.ContentLength - Body.WrittenCount, bytes.Length);
            Body.Write(bytes[..used]);
            return Body.WrittenCount == _head.ContentLength ? Parsed.Done : Parsed.NeedMore;
        }
    }
}
