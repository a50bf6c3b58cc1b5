using System.Diagnostics;

namespace Tollgate.Flows.Harness;

/// <summary>Runs programs that end by themselves.</summary>
public static class Programs
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Skips a test whose program is not installed; where everything has to run, it fails.</summary>
    public static void SkipWithout(string program)
    {
        var isInstalled = IsInstalled(program);
        Assert.SkipUnless(isInstalled || Tier.IsAll, $"{program} is not installed");
        Assert.True(isInstalled, $"{program} is not installed; ./dev test --all needs it");
    }

    public static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Exit code and both outputs; a program that does not end is killed, and the test fails.</summary>
    public static Task<(int Code, string Output, string Errors)> RunAsync(string program, params string[] arguments) => RunAsync(Patience, program, arguments);

    /// <summary>The same, with its own patience.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(TimeSpan patience, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            process.Kill();
            Assert.Fail($"{program} did not end by itself: {await output}{await errors}");
        }

        return (process.ExitCode, await output, await errors);
    }
}
