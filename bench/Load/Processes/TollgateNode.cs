using System.Diagnostics;
using System.Globalization;

namespace Tollgate.Load.Processes;

/// <summary>The published program under one profile, in a home folder of its own.</summary>
internal sealed class TollgateNode : IAsyncDisposable
{
    public const string AdminPassword = "bench-Load-4410";

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly string _home;
    private readonly int _offset = FreePorts.Offset();
    private readonly ChildProcess _process;

    private TollgateNode(string program, string folder, string profile, string configuration)
    {
        _home = Path.Combine(folder, profile);
        var conf = Directory.CreateDirectory(Path.Combine(_home, "repository", "conf"));
        File.WriteAllText(Path.Combine(conf.FullName, "deployment.toml"), $"""
            [super_admin]
            username = "admin"
            password = "{AdminPassword}"

            {configuration}
            """);
        _process = new ChildProcess(
            program, ["serve", "--home", _home, "--profile", profile, string.Create(CultureInfo.InvariantCulture, $"-DportOffset={_offset}")],
            Path.Combine(folder, profile + ".log"));
    }

    public int Id => _process.Id;

    public string ManagementUrl => $"https://localhost:{9443 + _offset}";

    public ProxyPorts Gateway => new(8280 + _offset, 8243 + _offset);

    /// <summary>PEM file with the listeners' certificate and its key.</summary>
    public string CertificateFile => Path.Combine(_home, "repository", "resources", "security", "development.pem");

    public static async Task<TollgateNode> StartAsync(string program, string folder, string profile, string configuration = "")
    {
        var node = new TollgateNode(program, folder, profile, configuration);
        using var http = PinnedClient.For(node.CertificateFile);
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(Pause))
        {
            if (node._process.HasExited || clock.Elapsed > StartPatience)
            {
                await node.DisposeAsync();
                throw new InvalidOperationException($"The profile {profile} did not become ready; its log is in {folder}.");
            }

            if (await IsReadyAsync(http, node.ManagementUrl))
            {
                return node;
            }
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<bool> IsReadyAsync(HttpClient http, string url)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(url + "/health/ready"));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
