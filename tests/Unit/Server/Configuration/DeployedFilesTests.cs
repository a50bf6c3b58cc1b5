using Tollgate.Server;
using Tollgate.Server.Configuration;
using Tollgate.Server.Start;

namespace Tollgate.Unit.Server.Configuration;

/// <summary>The configuration files of deploy/ have nothing in them that does nothing, and no profile lacks anything.</summary>
public sealed class DeployedFilesTests
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "deploy"), "*.toml").Select(file => Path.GetFileName(file))];

    [Theory, MemberData(nameof(Files))]
    public void File_OfAProfile_UsesEveryKeyAndNamesWhatItNeeds(string file)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "deploy", file);
        var configuration = EffectiveConfiguration.Load(new ConfigurationSources
        {
            Options = NodeSettings.Options,
            FilePath = path,
            File = File.ReadAllBytes(path),
            Environment = Sample.Names(
                ("TOLLGATE_DB_PASSWORD", "d"), ("TOLLGATE_ADMIN_PASSWORD", "a"), ("TOLLGATE_BROKER_PASSWORD", "b"), ("TOLLGATE_KEY", new string('7', 64))),
            Properties = Sample.Names(("admin.username", "$ref{super_admin.username}"), ("admin.password", "$ref{super_admin.password}")),
            Ports = Sample.Names(
                ("mgt.transport.https.port", "9443"), ("http.nio.port", "8280"), ("https.nio.port", "8243"), ("ws.port", "9099"), ("wss.port", "8099")),
        });
        var settings = new NodeSettings("/opt/tollgate", configuration) { Notes = [] };

        Assert.Empty(configuration.Unused);
        Assert.NotEqual(Modules.All, Profiles.Need(settings.Node.Role).Modules);
        ProfileNeeds.Check(settings);
    }
}
