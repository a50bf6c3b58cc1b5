using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Tollgate.Gateway;
using Tollgate.Gateway.Record;

namespace Tollgate.Unit.Gateway.Record;

public sealed class AccessLogTests : IDisposable
{
    private static readonly AccessEntry Entry = new(
        1_764_547_200_123, TimeSpan.Zero, System.Net.IPAddress.Loopback, "GET", "/x", "HTTP/1.1", 200, "", "", "id", null);

    private readonly string _folder = Directory.CreateTempSubdirectory("tollgate-access-").FullName;

    [Fact]
    public async Task Entries_OfTwoDays_StandInAFileEachAndOldFilesGo()
    {
        var old = Path.Combine(_folder, "gateway-access-20200101.log");
        await File.WriteAllTextAsync(old, "old");
        using var log = Log();
        await log.StartAsync(default);
        log.Add(Entry);
        log.Add(Entry with { Time = Entry.Time + 86_400_000, Id = "next" });
        await log.StopAsync(default);

        Assert.False(File.Exists(old));
        var lines = await File.ReadAllLinesAsync(Path.Combine(_folder, "gateway-access-20251201.log"));
        Assert.Equal("id", (string?)JsonNode.Parse(Assert.Single(lines))!["correlationId"]);
        Assert.Single(await File.ReadAllLinesAsync(Path.Combine(_folder, "gateway-access-20251202.log")));
    }

    [Fact]
    public void Entries_WithoutRoom_AreCountedAndDoNotWait()
    {
        using var log = Log();
        for (var i = 0; i < 20_000; i++)
        {
            log.Add(Entry);
        }

        Assert.Equal(20_000 - (16 * 1024), log.Read().Single().Samples.Single().Number);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private AccessLog Log() => new(
        new GatewayOptions
        {
            AccessLog = new AccessLogOptions { Enabled = true, Format = AccessLogFormat.Json, KeepDays = 2 },
            LogFolder = _folder,
        },
        TimeProvider.System, NullLogger<AccessLog>.Instance);
}
