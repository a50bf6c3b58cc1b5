using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Tollgate.Gateway;
using Tollgate.Gateway.Listen;

namespace Tollgate.Unit.Gateway.Listen;

public sealed class HeadRulesTests
{
    [Theory]
    [InlineData("HTTP/1.1", null, null, true)]
    [InlineData("HTTP/1.1", "5", null, true)]
    [InlineData("HTTP/1.1", null, "chunked", true)]
    [InlineData("HTTP/1.1", null, "Chunked", true)]
    [InlineData("HTTP/1.0", "5", null, true)]
    [InlineData("HTTP/1.0", null, "chunked", false)]
    [InlineData("HTTP/1.1", "5", "chunked", false)]
    [InlineData("HTTP/1.1", null, "gzip, chunked", false)]
    [InlineData("HTTP/1.1", null, ", chunked", false)]
    [InlineData("HTTP/1.1", null, "", false)]
    public void Length_StatedOnce_Passes(string protocol, string? length, string? coding, bool passes)
    {
        var request = Request(protocol);
        request.Headers.Host = "a";
        if (length is not null)
        {
            request.Headers.ContentLength = long.Parse(length);
        }

        if (coding is not null)
        {
            request.Headers["Transfer-Encoding"] = new([coding]);
        }

        Assert.Equal(passes ? null : Faults.BadFraming, HeadRules.Check(request));
    }

    [Fact]
    public void Length_ThatKestrelRenamed_IsStillASecondOne()
    {
        var request = Request("HTTP/1.1");
        request.Headers.TransferEncoding = "chunked";
        request.Headers["X-Content-Length"] = "5";
        Assert.Equal(Faults.BadFraming, HeadRules.Check(request));
    }

    [Fact]
    public void Host_ThatIsEmpty_IsRefusedAndNoneIsLeftToTheProtocol()
    {
        var request = Request("HTTP/1.0");
        Assert.Null(HeadRules.Check(request));
        request.Headers.Host = "";
        Assert.Equal(Faults.BadRequest, HeadRules.Check(request));
    }

    [Theory]
    [InlineData("5", "5")]
    [InlineData("+5", "?5")]
    [InlineData("5\v", "5?")]
    [InlineData("00005", "00005")]
    [InlineData("123456789012345678901", "?")]
    public void ContentLength_Decoded_IsANumberOnlyOfDigits(string raw, string decoded)
    {
        var chars = new char[20];
        var count = LengthEncoding.Instance.GetChars(Encoding.Latin1.GetBytes(raw), chars);
        Assert.Equal(decoded, new string(chars, 0, count));
    }

    private static IHttpRequestFeature Request(string protocol) => new HttpRequestFeature { Protocol = protocol, Method = "POST", RawTarget = "/" };
}
