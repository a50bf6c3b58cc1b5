using System.Net;

namespace Tollgate.Unit.Gateway.Forward;

/// <summary>The client towards backends against one that speaks bytes.</summary>
public sealed class ForwarderTests
{
    private const string Hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Said: so\r\n\r\nhello";

    [Fact]
    public async Task Calls_OneAfterTheOther_UseOneConnection()
    {
        await using var backend = ScriptedBackend.Always(Hello);
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        using var http = new HttpClient();
        for (var i = 0; i < 20; i++)
        {
            using var response = await http.GetAsync(new Uri(rig.Url, $"/things/{i}?q={i}"));
            Assert.Empty(rig.Errors);
            Assert.Equal((HttpStatusCode.OK, "hello"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        }

        Assert.Equal((1, 20), (backend.Connections, backend.Heads.Count));
        Assert.StartsWith("GET /things/0?q=0 HTTP/1.1\r\nHost: 127.0.0.1:", backend.Heads.First(), StringComparison.Ordinal);
    }
}
