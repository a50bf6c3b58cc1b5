using System.Text;
using Tollgate.Gateway.Forward;
using Tollgate.Unit.Gateway.Forward.Corpus;

namespace Tollgate.Unit.Gateway.Forward;

/// <summary>Heads and chunks: what is refused and why, and that nothing else is.</summary>
public sealed class ResponseParserTests
{
    public static TheoryData<string> BadNames => [.. BadResponses.ByName.Keys];

    [Theory]
    [MemberData(nameof(BadNames))]
    public void Read_AMalformedResponse_RefusesItHoweverItArrives(string name)
    {
        var bad = BadResponses.ByName[name];
        foreach (var piece in (int[])[int.MaxValue, 1000, bad.Text.Length > 20_000 ? 7 : 1])
        {
            var read = ReadResponse.Of(bad.Text, piece);
            Assert.Equal((Parsed.Refused, bad.Flaw), (read.Outcome, read.Flaw));
            Assert.False(read.Head.KeepsAlive && !read.Head.IsChunked, "a refused response kept its connection");
        }
    }

    [Fact]
    public void Corpus_OfMalformedResponses_HasAtLeast150() => Assert.InRange(BadResponses.ByName.Count, 150, int.MaxValue);

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "hello")]
    [InlineData("HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello", "hello")]
    [InlineData("HTTP/1.1 200 \r\ncontent-length:5\r\n\r\nhello", "hello")]
    [InlineData("HTTP/1.1 200 Sch\u00f6n und \tgut\r\nContent-Length: \t 5 \t\r\n\r\nhello", "hello")]
    [InlineData("HTTP/1.1 299 x\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello", "hello")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", "hello")]
    [InlineData("HTTP/1.1 200 OK\r\ntransfer-encoding: CHUNKED\r\n\r\n05\r\nhello\r\n00\r\n\r\n", "hello")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nh\r\n4;a=b;c=\"d\"\r\nello\r\n0;x\r\n\r\n", "hello")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\n", "0123456789")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n\r\n\r\n0\r\n\r\n", "\r\n")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "ok")]
    public void Read_AGoodResponse_HasItsBodyHoweverItArrives(string text, string body)
    {
        for (var piece = 1; piece <= text.Length; piece++)
        {
            var read = ReadResponse.Of(text, piece);
            Assert.Equal(
                (Parsed.Done, Flaw.None, body, 0), (read.Outcome, read.Flaw, Encoding.Latin1.GetString(read.Body.WrittenSpan), read.Left));
        }
    }

    [Fact]
    public void Read_HeadersOfEveryKind_PassesOnWhatIsForTheClient()
    {
        var read = ReadResponse.Of(
            "HTTP/1.1 200 OK\r\nDate: today\r\nConnection: X-Private, keep-alive\r\nX-Private: 1\r\nKeep-Alive: timeout=5\r\nSet-Cookie: a=1\r\n"
            + "Proxy-Connection: a\r\nset-cookie: b=2\r\nTrailer: X\r\nX-Empty:\r\nX-High: \u00e9\u00ff\r\nUpgrade: h2c\r\nContent-Length: 0\r\n\r\n");

        Assert.Equal(["Date", "Set-Cookie", "X-Empty", "X-High"], read.Headers.Keys.Order());
        Assert.Equal("a=1,b=2", read.Headers["Set-Cookie"].ToString());
        Assert.Equal("\u00e9\u00ff", (string?)read.Headers["X-High"]);
        Assert.True(read.Head.KeepsAlive);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n", true)]
    [InlineData("HTTP/1.0 200 OK\r\n", false)]
    [InlineData("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: Keep-Alive, Close\r\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nConnection: close\r\n", false)]
    public void KeepsAlive_OfAHead_IsWhatItSays(string head, bool keeps) =>
        Assert.Equal(keeps, ReadResponse.Of(head + "Content-Length: 0\r\n\r\n").Head.KeepsAlive);

    [Fact]
    public void Read_TheSameHeadAgain_ReusesTheStringsOfItsLines()
    {
        var bytes = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nDate: now\r\nX-A: 1\r\nX-A: 2\r\nContent-Length: 2\r\n\r\nok");
        var read = new ReadResponse().Read(bytes);
        var date = read.Headers["Date"][0];
        read.Read(bytes);
        Assert.Same(date, read.Headers["Date"][0]);
        Assert.Equal("1,2", read.Headers["X-A"].ToString());
    }

    [Fact]
    public void Read_AnotherHeadOnTheSameConnection_ForgetsTheOneBefore()
    {
        var read = new ReadResponse();
        foreach (var (head, names) in new[]
        {
            ("A: 1\r\nB: 2\r\nA: 3\r\n", "A=1,3 B=2"), ("A: 1\r\nB: 2\r\n", "A=1 B=2"), ("B: 1\r\nB: 2\r\nA: 3\r\n", "A=3 B=1,2"),
            ("Connection: A\r\nA: 1\r\nB: 2\r\n", "B=2"), ("Connection: B\r\nA: 1\r\nB: 2\r\n", "A=1"),
            ("Connection: close\r\nA: 1\r\nB: 2\r\n", "A=1 B=2"), ("A: 1\r\nB: 2\r\nA: 3\r\n", "A=1,3 B=2"),
        })
        {
            read.Read(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n{head}Content-Length: 0\r\n\r\n"));
            Assert.Equal(names, string.Join(' ', read.Headers.OrderBy(header => header.Key).Select(header => $"{header.Key}={header.Value}")));
        }
    }

    [Fact]
    public void Read_Trailers_KeepsThoseThatMeanSomething()
    {
        var read = ReadResponse.Of(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Sum: abc\r\nContent-Length: 3\r\n"
            + "Transfer-Encoding: chunked\r\nHost: x\r\nX-End:\r\n\r\n");
        Assert.Equal([("X-Sum", "abc"), ("X-End", "")], read.Chunks.Trailers!);
    }

    [Fact]
    public void Read_AKnownResponse_AllocatesNothing()
    {
        var bytes = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nDate: now\r\nServer: x\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n");
        var head = new ResponseHead();
        head.Read(bytes, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            head.Begin();
            head.Read(bytes, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
