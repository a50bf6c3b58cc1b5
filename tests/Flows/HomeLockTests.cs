using System.Globalization;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>Two nodes never share a home folder, and a crash leaves nothing behind that keeps the next one from starting.</summary>
public sealed class HomeLockTests
{
    [Fact(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.OwnNode)]
    public async Task Serve_OnTheHomeOfARunningNode_NamesItsProcessAndExitsWithTwo()
    {
        using var home = new TestHome();
        await using var node = await TestNode.StartAsync(home);

        var (code, output, errors) = await Programs.RunAsync(
            TestNode.ProgramPath, "serve", "--home", home.Path, $"-DportOffset={FreePorts.Offset()}");

        Assert.Equal((2, ""), (code, output));
        var line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"Another node (process {node.ProcessId})"), line, StringComparison.Ordinal);
        Assert.Contains("--home", line, StringComparison.Ordinal);
        await node.KillAsync();
        await node.StartAsync();
    }
}
