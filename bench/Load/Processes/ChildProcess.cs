using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Tollgate.Load.Processes;

/// <summary>A server of the benchmark: started here, ended here by its process id.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly StreamWriter _log;

    public ChildProcess(string program, IEnumerable<string> arguments, string logFile)
    {
        _log = new StreamWriter(logFile) { AutoFlush = true };
        _process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>The id of the worker it starts.</summary>
    public async Task<int> OnlyChildAsync(TimeSpan patience)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < patience; await Task.Delay(Pause))
        {
            if (ProcessFacts.Children(_process.Id).Trim() is { Length: > 0 } children)
            {
                return int.Parse(children, CultureInfo.InvariantCulture);
            }
        }

        throw new TimeoutException($"process {_process.Id} started no other");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _ = Signal(_process.Id, Terminate);
            using var limit = new CancellationTokenSource(StopPatience);
            await _process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_process.HasExited)
            {
                _process.Kill();
            }
        }

        _process.Dispose();
        await _log.DisposeAsync();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_log)
        {
            _log.WriteLine(line.Data);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int process, int signal);
}

/// <summary>What the kernel knows of a process.</summary>
internal static class ProcessFacts
{
    // USER_HZ: 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Processor time of all its threads, user and system, in seconds (proc(5): fields 14 and 15).</summary>
    public static double CpuSeconds(int id)
    {
        var stat = File.ReadAllText($"/proc/{id}/stat");
        // The name in field 2 may hold blanks; it ends with the last parenthesis.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    public static double ResidentMegabytes(int id)
    {
        var line = File.ReadLines($"/proc/{id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(6).Trim().TrimEnd("kB "), CultureInfo.InvariantCulture) / 1024.0;
    }

    /// <summary>The ids of the processes it has started, with blanks between and behind them.</summary>
    public static string Children(int id) => File.ReadAllText($"/proc/{id}/task/{id}/children");
}
