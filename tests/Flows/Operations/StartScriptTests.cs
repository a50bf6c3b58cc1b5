using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Operations;

/// <summary>bin/tollgate.sh in the background; in the foreground the guides' tests use it.</summary>
public sealed class StartScriptTests : IDisposable
{
    private readonly TestHome _home = new();
    private readonly int _offset = FreePorts.Offset();
    private readonly string _script;

    public StartScriptTests()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_home.Path, "bin")).FullName;
        _script = Path.Combine(folder, "tollgate.sh");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "bin", "tollgate.sh"), _script);
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(Path.Combine(_home.Path, "tollgate"), TestNode.ProgramPath);
        }
    }

    private string PidFile => Path.Combine(_home.Path, "tollgate.pid");

    [Fact(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.OwnNode)]
    public async Task StartAndStop_OfANode_LeaveNothingBehind()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a shell script");
        var started = await RunAsync("start", $"-DportOffset={_offset}", "-Dsetup", "--optimize");
        Assert.True(started.Code == 0, started.Errors);
        var log = Path.Combine(_home.Path, "repository", "logs", "console.log");
        await Wait.UntilAsync(
            "the node to serve", TimeSpan.FromSeconds(30), async () => (await File.ReadAllTextAsync(log)).Contains("serves at", StringComparison.Ordinal));
        var again = await RunAsync("start", $"-DportOffset={_offset}");
        Assert.Equal(2, again.Code);
        Assert.Contains("already running", again.Errors, StringComparison.Ordinal);

        Assert.Equal(0, (await RunAsync("stop")).Code);
        Assert.False(File.Exists(PidFile));
        Assert.Equal(0, (await RunAsync("stop")).Code);
        Assert.Contains("-Dsetup is not needed", await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.OwnNode)]
    public async Task Start_OfANodeThatCannot_SaysWhyAndExitsWithTwo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a shell script");
        var (code, _, errors) = await RunAsync("start", "-Dprofile=gateway-worker");
        Assert.Equal(2, code);
        Assert.Contains("apim.key_manager.service_url is missing", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(PidFile));
    }

    public void Dispose()
    {
        if (File.Exists(PidFile) && int.TryParse(File.ReadAllText(PidFile), out var pid))
        {
            System.Diagnostics.Process.GetProcessById(pid).Kill();
        }

        _home.Dispose();
    }

    private Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) => Programs.RunAsync("sh", [_script, .. arguments]);
}
