using System.Diagnostics;

namespace Tollgate.Databases;

/// <summary>A RabbitMQ that is started for tests with its first use, and stopped with them.</summary>
public sealed class Broker : IDisposable
{
    private readonly Lazy<IReadOnlyDictionary<string, string>> _environment;
    private readonly bool _isOurs;

    /// <summary>The one that was started for this run, where there is one.</summary>
    public Broker()
        : this(own: false)
    {
    }

    private Broker(bool own)
    {
        _isOurs = own || Environment.GetEnvironmentVariable("TOLLGATE_TEST_BROKER_FOLDER") is not { Length: > 0 };
        _environment = new(() => _isOurs ? Start() : Read(Environment.GetEnvironmentVariable("TOLLGATE_TEST_BROKER_FOLDER")!));
    }

    /// <summary>One that no other test uses.</summary>
    public static Broker Own() => new(own: true);

    public static bool IsInstalled => File.Exists("/usr/lib/rabbitmq/bin/rabbitmq-server");

    /// <summary>Host and port.</summary>
    public string Address => _environment.Value["TOLLGATE_TEST_BROKER"];

    /// <summary>Host and port with TLS.</summary>
    public string TlsAddress => _environment.Value["TOLLGATE_TEST_BROKER_TLS"];

    /// <summary>PEM file with the authority of its certificate.</summary>
    public string AuthorityFile => Path.Combine(Folder, "authority.crt");

    public int ProcessId => int.Parse(File.ReadAllText(Path.Combine(Folder, "pid")), System.Globalization.CultureInfo.InvariantCulture);

    private string Folder => _environment.Value["TOLLGATE_TEST_BROKER_FOLDER"];

    /// <summary>kill -9, and a new start on the same data.</summary>
    public void Restart() => Run("restart", Folder);

    /// <summary>kill -9; <see cref="Restart"/> starts it again.</summary>
    public void Crash() => Run("crash", Folder);

    public void Dispose()
    {
        if (_isOurs && _environment.IsValueCreated)
        {
            Run("stop", Folder);
        }
    }

    private static IReadOnlyDictionary<string, string> Start()
    {
        var folder = Directory.CreateTempSubdirectory("tollgate-broker-").FullName;
        Run("start", folder);
        return Read(folder);
    }

    private static Dictionary<string, string> Read(string folder) => File.ReadLines(Path.Combine(folder, "environment"))
        .Select(line => line["export ".Length..].Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

    private static void Run(params string[] arguments)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "eng", "broker.sh");
        using var process = Process.Start("bash", [script, .. arguments]);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"eng/broker.sh {arguments[0]} ended with {process.ExitCode}.");
        }
    }
}
