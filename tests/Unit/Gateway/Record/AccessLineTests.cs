using System.Net;
using System.Text.Json.Nodes;
using Tollgate.Gateway;
using Tollgate.Gateway.Record;

namespace Tollgate.Unit.Gateway.Record;

public sealed class AccessLineTests
{
    private static readonly AccessEntry Entry = new(
        1_764_547_200_123, TimeSpan.FromMicroseconds(1234), IPAddress.Parse("192.0.2.1"), "GET", "/shop/1.0.0/x?apikey=secret", "HTTP/1.1", 200,
        "https://page.example/a?token=secret", "Mozilla/5.0 \"x\"\u001b[31m\u00e9\n", "id-1", "api-1");

    [Fact]
    public void Combined_OfACall_IsOneLineWithoutQueriesAndControls() => Assert.Equal(
        "192.0.2.1 - - [01/Dec/2025:00:00:00 +0000] \"GET /shop/1.0.0/x HTTP/1.1\" 200 - \"https://page.example/a\" "
        + "\"Mozilla/5.0 \\x22x\\x22\\x1b[31m\\xe9\\x0a\" 1.234 id-1\n",
        AccessLine.Of(Entry, AccessLogFormat.Combined));

    [Fact]
    public void Json_OfACall_IsOneObjectOnALine()
    {
        var line = AccessLine.Of(Entry with { Client = IPAddress.None, ApiId = null }, AccessLogFormat.Json);
        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
        var read = JsonNode.Parse(line)!;
        Assert.Equal(
            ("unknown", "/shop/1.0.0/x", 200, 1.234, (string?)null),
            ((string)read["client"]!, (string)read["path"]!, (int)read["status"]!, (double)read["durationMs"]!, (string?)read["apiId"]));
        Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
    }
}
