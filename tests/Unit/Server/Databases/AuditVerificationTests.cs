using Tollgate.Model;
using Tollgate.Security.Secrets;
using Tollgate.Server.Certificates;
using Tollgate.Server.Databases;
using Tollgate.Server.Start;
using Tollgate.Storage.Audit;
using Tollgate.Storage.Runtime;

namespace Tollgate.Unit.Server.Databases;

/// <summary>tollgate audit verify, on a home folder with the embedded database.</summary>
public sealed class AuditVerificationTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("tollgate-unit-").FullName;
    private readonly StringWriter _output = new();

    [Fact]
    public async Task VerifyAudit_OfALogThatSomebodyChanged_SaysWhere()
    {
        var configuration = Path.Combine(_home, "repository", "conf", "deployment.toml");
        Directory.CreateDirectory(Path.GetDirectoryName(configuration)!);
        await File.WriteAllTextAsync(configuration, "");
        var arguments = new StartArguments { Home = _home };
        var commands = new DatabaseCommands(arguments, TimeProvider.System, _output);
        await commands.MigrateAsync();
        await OnDatabaseAsync(arguments, async (apim, settings) =>
        {
            var log = new AuditStore(apim, KeyOf(settings), new AuditNode("one"));
            for (var i = 0; i < 3; i++)
            {
                await log.AppendAsync(Entry(time: i + 1));
            }
        });
        Assert.True(await commands.VerifyAuditAsync(), _output.ToString());
        Assert.Contains("whole: 3 entries", _output.ToString(), StringComparison.Ordinal);

        await OnDatabaseAsync(arguments, async (apim, settings) => await new AuditChains(apim, KeyOf(settings)).PruneAsync(2, CancellationToken.None));
        Assert.True(await commands.VerifyAuditAsync(), _output.ToString());
        Assert.Contains("1 entries were taken off by nodes", _output.ToString(), StringComparison.Ordinal);

        await OnDatabaseAsync(arguments, (apim, _) => apim.WriteAsync(db => db.ExecuteAsync("UPDATE audit_entries SET user_name = 'x' WHERE number = 2")));

        Assert.False(await commands.VerifyAuditAsync());
        Assert.Contains("Entry 2 of node 'one' was changed. 0 entries before it hold.", _output.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_home, recursive: true);
    }

    private static async Task OnDatabaseAsync(StartArguments arguments, Func<ApimDatabase, NodeSettings, Task> work)
    {
        var settings = NodeSettings.Load(arguments);
        using var databases = new NodeDatabases(settings.Databases, settings.Home);
        await work(new ApimDatabase(databases.Apim, new RuntimeSignal()), settings);
    }

    private static MasterKey KeyOf(NodeSettings settings) =>
        new NodeKeys(settings.Home, settings.Keys, settings.Node.HostName, TimeProvider.System).MasterKey();

    private static AuditEntry Entry(long time) => new()
    {
        Organization = "o",
        UserName = "u",
        HappenedAt = time,
        Method = "PUT",
        Route = "/r",
        Target = "/r",
        Status = 200,
        Correlation = "c",
        Details = "{}",
    };
}
