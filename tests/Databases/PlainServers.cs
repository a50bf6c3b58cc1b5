using System.Diagnostics;

namespace Tollgate.Databases;

/// <summary>Database servers that offer no TLS, started with the first use and stopped with the tests.</summary>
public sealed class PlainServers : IDisposable
{
    private readonly Lazy<string> _folder = new(Start);

    public DatabaseServer Of(string product) => DatabaseServer.Read(
        product, File.ReadLines(Path.Combine(_folder.Value, "environment"))
            .Single(line => line.Contains(DatabaseServer.Variable(product) + "=", StringComparison.Ordinal)).Split('=')[1]);

    public void Dispose()
    {
        if (_folder.IsValueCreated)
        {
            Run("stop", _folder.Value);
        }
    }

    private static string Start()
    {
        var folder = Directory.CreateTempSubdirectory("tollgate-plain-").FullName;
        Run("start", folder, "plain");
        return folder;
    }

    private static void Run(params string[] arguments)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "eng", "databases.sh");
        using var process = Process.Start("bash", [script, .. arguments]);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"eng/databases.sh {arguments[0]} ended with {process.ExitCode}.");
        }
    }
}
