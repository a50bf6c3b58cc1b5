using System.Diagnostics;
using System.Globalization;
using System.Text;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Guides;

/// <summary>A node that is started as the guide starts it.</summary>
internal sealed class GuideNode : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly GuideNetwork _network;
    private readonly HttpClient _http;
    private readonly string _home;
    private readonly string _profile;
    private readonly StringBuilder _output = new();
    private Process? _process;

    /// <param name="network">Where it runs.</param>
    /// <param name="http">Reaches it.</param>
    /// <param name="file">The guide's file.</param>
    /// <param name="profile">The name after -Dprofile=.</param>
    /// <param name="url">Its management address.</param>
    /// <param name="oldKeystores">See <see cref="GuideNetwork.Unpack"/>.</param>
    public GuideNode(GuideNetwork network, HttpClient http, string file, string profile, string url, bool oldKeystores = false)
    {
        (_network, _http, _profile, Url) = (network, http, profile, url);
        _home = network.Unpack(file, $"{file}-{new Uri(url).Port}", oldKeystores);
    }

    public string Url { get; }

    /// <summary>What the command line says beside the profile.</summary>
    public IReadOnlyList<string> Arguments { get; set; } = [];

    public async Task StartAsync()
    {
        // Becomes the shell, and that the program: one process.
        var start = new ProcessStartInfo("ip", ["netns", "exec", _network.Space, "sh", "tollgate.sh", $"-Dprofile={_profile}", .. Arguments])
        {
            WorkingDirectory = Path.Combine(_home, "bin"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        for (var clock = Stopwatch.StartNew(); !await IsUpAsync(); await Task.Delay(100))
        {
            Assert.False(_process.HasExited || clock.Elapsed > Patience, $"{_profile} did not start:\n{Output}");
        }
    }

    /// <summary>The process stands still, its ports still answer.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    public Task ThawAsync() => SignalAsync("CONT");

    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>What the node measures, by the beginning of the line.</summary>
    public async Task<double> MetricAsync(string line)
    {
        // For its own machine only.
        var (_, text, _) = await Programs.RunAsync("ip", "netns", "exec", _network.Space, "curl", "-sk", Url + "/metrics");
        return Metrics.SumOf(text, line);
    }

    private async Task SignalAsync(string signal)
    {
        var (code, _, errors) = await Programs.RunAsync("kill", $"-{signal}", _process!.Id.ToString(CultureInfo.InvariantCulture));
        Assert.True(code == 0, errors);
    }

    private string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _process?.Dispose();
    }

    // A gateway is not ready before there is anything to serve, but it is up.
    private async Task<bool> IsUpAsync()
    {
        try
        {
            using var response = await _http.GetAsync(Url + "/health/live");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.AppendLine(line.Data);
        }
    }
}
