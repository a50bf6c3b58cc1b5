using System.IO.Compression;
using System.Net;
using System.Text;
using Tollgate.Security.Fetch;

namespace Tollgate.Unit.Security.Fetch;

/// <summary>The guarded client against a real socket on loopback, under names that a scripted name server resolves.</summary>
public sealed class GuardedClientTests
{
    private static readonly IPAddress Loopback = IPAddress.Loopback;
    private static readonly IPAddress Public = IPAddress.Parse("93.184.215.14");

    [Fact]
    public async Task Get_AllowedHost_ReturnsTheBody()
    {
        await using var server = LoopbackServer.Start(_ => Answer("200 OK", "hello"));
        var fetched = await Client([Loopback], allow: "inside.test").GetAsync($"http://inside.test:{server.Port}/a?b", 100, default);
        Assert.Null(fetched.Problem);
        Assert.Equal("hello", Encoding.UTF8.GetString(fetched.Content));
        Assert.StartsWith("GET /a?b HTTP/1.1", server.Requests[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://inside.test:{0}/")]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://127.1:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://0x7f000001:{0}/")]
    [InlineData("http://017700000001:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("http://0.0.0.0:{0}/")]
    public async Task Get_Loopback_IsRefusedBeforeAnythingIsSent(string url)
    {
        await using var server = LoopbackServer.Start(_ => Answer("200 OK", "secret"));
        var fetched = await Client([Loopback]).GetAsync(string.Format(null, url, server.Port), 100, default);
        Assert.Contains("not on the public internet", fetched.Problem, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Get_NameWithAPublicAndAPrivateAddress_IsRefused()
    {
        await using var server = LoopbackServer.Start(_ => Answer("200 OK", "secret"));
        var fetched = await Client([Public, Loopback]).GetAsync($"http://mixed.test:{server.Port}/", 100, default);
        Assert.Contains("not on the public internet", fetched.Problem, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Get_NameServerThatAnswersDifferentlyTheSecondTime_IsAskedOnceOnly()
    {
        await using var server = LoopbackServer.Start(_ => Answer("200 OK", "hello"));
        var asked = 0;
        using var client = new GuardedClient(
            new OutboundGuard(["127.0.0.1"]),
            new OutboundWorld(TimeProvider.System, (_, _) => Task.FromResult<IPAddress[]>([asked++ == 0 ? Loopback : IPAddress.Parse("10.0.0.1")]), null),
            TimeSpan.FromSeconds(5));
        var fetched = await client.GetAsync($"http://rebinding.test:{server.Port}/", 100, default);
        Assert.Null(fetched.Problem);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Get_RedirectToAForbiddenHost_IsRefused()
    {
        await using var server = LoopbackServer.Start(request => request.Contains("/secret", StringComparison.Ordinal)
            ? Answer("200 OK", "secret")
            : Redirect($"http://127.0.0.1:{request.Split("Host: inside.test:")[1].Split('\r')[0]}/secret"));
        var fetched = await Client([Loopback], allow: "inside.test").GetAsync($"http://inside.test:{server.Port}/", 100, default);
        Assert.Contains("not on the public internet", fetched.Problem, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://inside.test/")]
    [InlineData("http://user:secret@inside.test/")]
    [InlineData("//")]
    public async Task Get_RedirectToAnotherKindOfUrl_IsRefused(string target)
    {
        await using var server = LoopbackServer.Start(_ => Redirect(target));
        var fetched = await Client([Loopback], allow: "inside.test").GetAsync($"http://inside.test:{server.Port}/", 100, default);
        Assert.NotNull(fetched.Problem);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Get_EndlessRedirects_StopsAfterFive()
    {
        await using var server = LoopbackServer.Start(_ => Redirect("/again"));
        var fetched = await Client([Loopback], allow: "inside.test").GetAsync($"http://inside.test:{server.Port}/", 100, default);
        Assert.Contains("redirects more than", fetched.Problem, StringComparison.Ordinal);
        Assert.Equal(GuardedClient.MaxRedirects + 1, server.Requests.Count);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://inside.test/")]
    [InlineData("/relative")]
    [InlineData("http://user@inside.test/")]
    [InlineData("javascript:alert(1)")]
    public async Task Get_UrlThatIsNotPlainHttp_IsRefused(string url) =>
        Assert.NotNull((await Client([Loopback], allow: "inside.test").GetAsync(url, 100, default)).Problem);

    [Fact]
    public async Task Get_MoreThanTheLimit_IsRefused()
    {
        await using var server = LoopbackServer.Start(_ => Answer("200 OK", new string('x', 101)));
        var fetched = await Client([Loopback], allow: "inside.test").GetAsync($"http://inside.test:{server.Port}/", 100, default);
        Assert.Contains("more than 100 bytes", fetched.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_CompressedBomb_IsRefusedByItsUnpackedSize()
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write(new byte[5_000_000]);
        }

        var head = $"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\nConnection: close\r\n\r\n";
        await using var server = LoopbackServer.Start(_ => [.. Encoding.ASCII.GetBytes(head), .. packed.ToArray()]);
        var fetched = await Client([Loopback], allow: "inside.test").GetAsync($"http://inside.test:{server.Port}/", 10_000, default);
        Assert.Contains("more than 10000 bytes", fetched.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ErrorStatus_IsAProblem()
    {
        await using var server = LoopbackServer.Start(_ => Answer("404 Not Found", ""));
        var fetched = await Client([Loopback], allow: "inside.test").GetAsync($"http://inside.test:{server.Port}/", 100, default);
        Assert.Equal("The server answered 404.", fetched.Problem);
    }

    [Fact]
    public async Task Get_ServerThatNeverAnswers_EndsWithItsPatience()
    {
        await using var server = LoopbackServer.Start(_ => null);
        using var client = new GuardedClient(
            new OutboundGuard(["127.0.0.1"]), new OutboundWorld(TimeProvider.System, (_, _) => Task.FromResult<IPAddress[]>([]), null),
            TimeSpan.FromMilliseconds(50));
        Assert.Contains("within", (await client.GetAsync($"http://127.0.0.1:{server.Port}/", 100, default)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probe_AnyStatus_IsAnAnswer()
    {
        await using var server = LoopbackServer.Start(_ => Answer("405 Method Not Allowed", ""));
        var probed = await Client([Loopback], allow: "inside.test").ProbeAsync($"http://inside.test:{server.Port}/", default);
        Assert.Null(probed.Problem);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, probed.Status);
        Assert.StartsWith("HEAD ", server.Requests[0], StringComparison.Ordinal);
    }

    private static GuardedClient Client(IPAddress[] addresses, params string[] allow) => new(
        new OutboundGuard(allow), new OutboundWorld(TimeProvider.System, (_, _) => Task.FromResult(addresses), null), TimeSpan.FromSeconds(5));

    private static byte[] Answer(string status, string body) =>
        Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}");

    private static byte[] Redirect(string target) =>
        Encoding.ASCII.GetBytes($"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}
