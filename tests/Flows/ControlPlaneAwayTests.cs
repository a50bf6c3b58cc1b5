using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>A gateway of its own goes on without its control plane, and trusts nothing on its disk that was tampered with.</summary>
public sealed class ControlPlaneAwayTests(SplitNodes nodes) : IClassFixture<SplitNodes>
{
    [Fact]
    public async Task Gateway_ControlPlaneAway_StartsFromItsSnapshotServesAndFollowsAgain()
    {
        await nodes.RestoreAsync();
        await nodes.Gateway.StartAsync();
        Assert.Equal((200, 401), (await nodes.CallAsync(nodes.Token), await nodes.CallAsync(nodes.Revoked)));

        await nodes.Control.StartAsync();
        using (var http = nodes.Control.CreateClient())
        {
            var portal = nodes.PortalOf(http);
            var consumer = await portal.ConsumerAsync("Late");
            var apis = await portal.Caller.GetAsync($"{Portal.Publisher}/apis?query={SplitNodes.ApiName}").ExpectAsync(200);
            await portal.SubscribeAsync((string)apis["list"]![0]!["id"]!, consumer);
            var token = await portal.TokenAsync(consumer);
            await Wait.UntilAsync("the new subscription", TimeSpan.FromSeconds(15), async () => await nodes.CallAsync(token) == 200);
        }

        await nodes.Control.KillAsync();
        Assert.Equal((200, 401), (await nodes.CallAsync(nodes.Token), await nodes.CallAsync(nodes.Revoked)));
        await nodes.Gateway.StopAsync();
    }

    [Fact]
    public async Task OpaqueToken_KeyManagerAway_IsServedIfSeenBeforeAndRefusedWith503IfNot()
    {
        await nodes.RestoreAsync();
        await nodes.Control.StartAsync();
        await nodes.Gateway.StartAsync();
        string seen, unseen;
        using (var http = nodes.Control.CreateClient())
        {
            var portal = nodes.PortalOf(http);
            var consumer = await portal.ConsumerAsync("Opaque", tokenType: "OAUTH");
            var apis = await portal.Caller.GetAsync($"{Portal.Publisher}/apis?query={SplitNodes.ApiName}").ExpectAsync(200);
            await portal.SubscribeAsync((string)apis["list"]![0]!["id"]!, consumer);
            seen = await portal.TokenAsync(consumer);
            unseen = await portal.TokenAsync(consumer);
            await Wait.UntilAsync("the opaque token", TimeSpan.FromSeconds(15), async () => await nodes.CallAsync(seen) == 200);
        }

        await nodes.Control.KillAsync();
        Assert.Equal((200, 503), (await nodes.CallAsync(seen), await nodes.CallAsync(unseen)));
        Assert.Equal(401, await nodes.CallAsync(seen[..^1] + (seen[^1] == 'A' ? 'B' : 'A')));
        await nodes.Gateway.StopAsync();
    }

    [Theory(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.OwnNode)]
    [InlineData("truncated")]
    [InlineData("tampered")]
    [InlineData("foreign")]
    [InlineData("empty")]
    public async Task Gateway_NewestSnapshotDamaged_RefusesItInALogLineAndServesFromThePreviousOne(string damage)
    {
        await nodes.RestoreAsync();
        var newest = nodes.NewestBase();
        var bytes = await File.ReadAllBytesAsync(newest);
        switch (damage)
        {
            case "truncated":
                bytes = bytes[..(bytes.Length / 2)];
                break;
            case "tampered":
                bytes[bytes.Length / 2] ^= 1;
                break;
            case "foreign":
                // Written by a gateway with another master key.
                bytes = await ForeignAsync();
                break;
            case "empty":
                bytes = [];
                break;
        }

        await File.WriteAllBytesAsync(newest, bytes);

        await nodes.Gateway.StartAsync();

        Assert.Equal((200, 401), (await nodes.CallAsync(nodes.Token), await nodes.CallAsync(nodes.Revoked)));
        Assert.Contains($"{newest} is refused", nodes.Gateway.Output, StringComparison.Ordinal);
        await nodes.Gateway.StopAsync();
    }

    private static async Task<byte[]> ForeignAsync()
    {
        using var home = new TestHome();
        await using var other = await TestNode.StartAsync(home);
        await Wait.UntilAsync("a snapshot", TimeSpan.FromSeconds(10), () => Task.FromResult(Directory.GetFiles(home.SnapshotFolder, "*.base").Length > 0));
        await other.StopAsync();
        return await File.ReadAllBytesAsync(Directory.GetFiles(home.SnapshotFolder, "*.base")[0]);
    }
}
