namespace Tollgate.Flows.Harness;

/// <summary>A home folder for one node, deleted with the test.</summary>
public sealed class TestHome : IDisposable
{
    public const string AdminPassword = "flow-Test-7731";

    public TestHome(string extraConfiguration = "")
    {
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

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A process that is still ending may hold a file; the system's temporary folder is cleaned anyway.
        }
    }
}
