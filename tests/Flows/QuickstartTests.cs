using System.Text.RegularExpressions;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>What a newcomer sees: one command, an answer through the gateway, a line to paste; and the same again.</summary>
public sealed partial class QuickstartTests
{
    private const long MostIdleKilobytes = 150 * 1024;

    [Fact]
    public async Task Quickstart_FirstAndSecondStart_CallTheSampleApiAndKeepTheData()
    {
        using var home = new TestHome();
        File.Delete(Path.Combine(home.Path, "repository", "conf", "deployment.toml"));
        var offset = FreePorts.Offset();
        var first = await RunAsync(home, offset, async (node, output) =>
        {
            Assert.Contains("First start: user 'admin', password '", output, StringComparison.Ordinal);
            await PasteAsync(output);
            Assert.InRange(ResidentKilobytes(node), 1, MostIdleKilobytes);
        });
        var second = await RunAsync(home, offset, (_, output) =>
        {
            Assert.DoesNotContain("password '", output, StringComparison.Ordinal);
            return PasteAsync(output);
        });
        Assert.Equal(Keys().Match(first).Value, Keys().Match(second).Value);

        if (Tier.IsAll)
        {
            // Ports moved: the sample API follows its backend.
            await RunAsync(home, FreePorts.Offset(), (_, output) => PasteAsync(output));
        }
    }

    private static async Task<string> RunAsync(TestHome home, int offset, Func<TestNode, string, Task> check)
    {
        await using var node = new TestNode(home, offset) { Command = "quickstart" };
        node.Launch();
        await Wait.UntilAsync("the quickstart to serve", TimeSpan.FromSeconds(60), () => Task.FromResult(
            node.Output.Contains("Ctrl-C stops", StringComparison.Ordinal) || node.HasExited));
        var output = node.Output;
        Assert.Matches(@"(?m)^200 \[\{""id"":1,""name"":""Rex""", output);
        await check(node, output);
        Assert.Equal(0, await node.StopAsync());
        return output;
    }

    private static async Task PasteAsync(string output)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var line = output.Split('\n').Single(line => line.StartsWith("curl ", StringComparison.Ordinal));
        var (code, body, errors) = await Programs.RunAsync("bash", "-c", line.Replace("curl ", "curl -sS ", StringComparison.Ordinal));
        Assert.True(code == 0 && body.StartsWith("[{\"id\":1", StringComparison.Ordinal), $"{code} {body} {errors}");
    }

    private static long ResidentKilobytes(TestNode node) => OperatingSystem.IsLinux()
        ? long.Parse(Resident().Match(File.ReadAllText($"/proc/{node.ProcessId}/status")).Groups[1].Value)
        : 1;

    [GeneratedRegex(@"consumer key \S+ secret \S+")]
    private static partial Regex Keys();

    [GeneratedRegex(@"VmRSS:\s+(\d+) kB")]
    private static partial Regex Resident();
}
