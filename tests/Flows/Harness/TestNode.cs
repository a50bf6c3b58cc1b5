using System.Diagnostics;
using System.Net.Security;
using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Tollgate.Flows.Harness;

/// <summary>The real program in a process of its own, on free ports.</summary>
public sealed class TestNode : IAsyncDisposable
{
    // Numbers of signals on Linux.
    private const int Terminate = 15;
    private const int Continue = 18;
    private const int Stop = 19;

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly TestHome _home;
    private readonly string[] _arguments;
    private readonly StringBuilder _output = new();
    private Process? _process;

    /// <param name="home">Home folder; outlives restarts.</param>
    /// <param name="offset">Port offset; null finds a free one.</param>
    /// <param name="arguments">Further arguments of <c>tollgate serve</c>.</param>
    public TestNode(TestHome home, int? offset = null, params string[] arguments)
    {
        _home = home;
        _arguments = arguments;
        Offset = offset ?? FreePorts.Offset();
    }

    public int Offset { get; }

    /// <summary>What the program is asked to do.</summary>
    public string Command { get; init; } = "serve";

    public bool HasExited => _process is { HasExited: true };

    public string ManagementUrl => $"https://localhost:{9443 + Offset}";

    public string GatewayUrl => $"https://localhost:{8243 + Offset}";

    public string GatewayHttpUrl => $"http://localhost:{8280 + Offset}";

    public string GatewayWsUrl => $"ws://localhost:{9099 + Offset}";

    public string GatewayWssUrl => $"wss://localhost:{8099 + Offset}";

    public int ProcessId => _process!.Id;

    /// <summary>What the program printed, both streams.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public static string ProgramPath => Path.Combine(ArtifactsFolder, "bin", "Tollgate", "release", OperatingSystem.IsWindows() ? "tollgate.exe" : "tollgate");

    private static string ArtifactsFolder
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder.Name != "artifacts")
            {
                folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run from the artifacts folder.");
            }

            return folder.FullName;
        }
    }

    public static async Task<TestNode> StartAsync(TestHome home, int? offset = null, params string[] arguments)
    {
        var node = new TestNode(home, offset, arguments);
        await node.StartAsync();
        return node;
    }

    public async Task StartAsync()
    {
        Launch();
        await WaitUntilReadyAsync();
    }

    /// <summary>Starts the process without waiting for it.</summary>
    public void Launch()
    {
        var start = new ProcessStartInfo(ProgramPath) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Command, "--home", _home.Path, $"-DportOffset={Offset}", .. _arguments])
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public async Task WaitUntilReadyAsync()
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(Pause))
        {
            if (_process!.HasExited || clock.Elapsed > StartPatience)
            {
                throw new InvalidOperationException($"The node did not become ready.\n{Output}");
            }

            if (File.Exists(_home.CertificateFile) && await IsReadyAsync())
            {
                return;
            }
        }
    }

    /// <summary>By which this node's certificate is known.</summary>
    public string CertificateHash() => X509Certificate2.CreateFromPem(File.ReadAllText(_home.CertificateFile)).GetCertHashString();

    /// <summary>A client that trusts this node's certificate and follows no redirects.</summary>
    public HttpClient CreateClient(bool keepsCookies = false)
    {
        var trusted = CertificateHash();
        return new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = keepsCookies,
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.GetCertHashString() == trusted,
            },
        })
        {
            Timeout = TimeSpan.FromSeconds(60),
        };
    }

    /// <summary>kill -9: no shutdown, no flush.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>The process stands still until <see cref="Thaw"/>; its connections stay open. Linux only.</summary>
    public void Freeze() => Assert.Equal(0, Signal(ProcessId, Stop));

    public void Thaw() => Assert.Equal(0, Signal(ProcessId, Continue));

    /// <summary>SIGTERM and waiting for the end; the exit code.</summary>
    public async Task<int> StopAsync()
    {
        if (OperatingSystem.IsWindows())
        {
            await KillAsync();
            return 0;
        }

        _ = Signal(_process!.Id, Terminate);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _process?.Dispose();
        Assert.Empty(MintedSecrets.FoundIn(_home.Path));
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var client = CreateClient();
            using var response = await client.GetAsync(ManagementUrl + "/health/ready");
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

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int process, int signal);
}
