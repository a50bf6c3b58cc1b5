using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Tollgate.Gateway.Listen;

namespace Tollgate.Unit.Gateway.Listen;

public sealed class RequestReaderTests
{
    private static readonly Caller Caller = new();

    [Fact]
    public void Read_OfALargerHeadThanTheOneBefore_HasAllOfIt()
    {
        var reader = new RequestReader();
        Assert.Null(reader.Read(Request("/a", lines: 1)));
        reader.Release();
        var large = Request("/b", lines: 90, new string('x', 500));

        Assert.Null(reader.Read(large));

        var view = reader.View(large, Caller, 0);
        Assert.Equal("/b", Encoding.ASCII.GetString(view.Path));
        Assert.True(view.Headers.TryGetOnly("X-89"u8, out var last, out _));
        Assert.Equal(500, last.Length);
        Assert.True(view.Headers.TryGetOnly("X-0"u8, out var first, out _));
        Assert.Equal(500, first.Length);
    }

    // Whoever judges an open tunnel again reads the request that opened it.
    [Fact]
    public void Release_OfARequestThatIsKept_LeavesItsView()
    {
        var (reader, other) = (new RequestReader(), new RequestReader());
        var request = Request("/kept", lines: 1);
        reader.Read(request);
        reader.Keep();

        reader.Release();
        other.Read(Request("/other", lines: 1));

        Assert.Equal("/kept", Encoding.ASCII.GetString(reader.View(request, Caller, 0).Path));
    }

    private static HttpRequestFeature Request(string path, int lines, string value = "1")
    {
        var request = new HttpRequestFeature { Method = "GET", Protocol = "HTTP/1.1", Scheme = "https", RawTarget = path };
        request.Headers.Host = "localhost";
        for (var i = 0; i < lines; i++)
        {
            request.Headers[$"X-{i}"] = value;
        }

        return request;
    }
}
