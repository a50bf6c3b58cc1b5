using Tollgate.Databases;

namespace Tollgate.Flows.Harness;

/// <summary>A home folder for one node, deleted with the test.</summary>
public sealed class TestHome : IDisposable
{
    public const string AdminPassword = "flow-Test-7731";

    private readonly List<TestDatabase> _databases = [];

    public TestHome(string extraConfiguration = "")
    {
        if (DatabaseServer.Asked() is { } server && !extraConfiguration.Contains("[database.", StringComparison.Ordinal))
        {
            extraConfiguration += "\n" + DatabasesOn(server);
        }

        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "tollgate-flow-" + Guid.NewGuid().ToString("n")[..12]);
        var folder = Directory.CreateDirectory(System.IO.Path.Combine(Path, "repository", "conf"));
        File.WriteAllText(
            System.IO.Path.Combine(folder.FullName, "deployment.toml"),
            $"""
            [super_admin]
            username = "admin"
            password = "{AdminPassword}"

            {extraConfiguration}
            """);
    }

    public string Path { get; }

    public string CertificateFile => System.IO.Path.Combine(Path, "repository", "resources", "security", "development.pem");

    public string SnapshotFolder => System.IO.Path.Combine(Path, "repository", "data", "gateway");

    /// <summary>The databases of this home, where they are on a server.</summary>
    public IReadOnlyList<TestDatabase> Databases => _databases;

    public void Dispose()
    {
        foreach (var database in _databases)
        {
            database.Dispose();
        }

        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A process that is still ending may hold a file; the system's temporary folder is cleaned anyway.
        }
    }

    // Two databases on one product, one for both on the other: either must do.
    private string DatabasesOn(DatabaseServer server)
    {
        var apim = TestDatabase.Create(server);
        _databases.Add(apim);
        var shared = apim;
        if (server.Product == DatabaseServer.PostgreSql)
        {
            shared = TestDatabase.Create(server);
            _databases.Add(shared);
        }

        return apim.Toml("apim_db") + shared.Toml("shared_db");
    }
}
