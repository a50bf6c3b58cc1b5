using System.Globalization;
using Tollgate.Model;
using Tollgate.Server.Certificates;
using Tollgate.Server.Configuration;
using Tollgate.Server.Start;
using Tollgate.Storage;
using Tollgate.Storage.Audit;
using Tollgate.Storage.Inspection;
using Tollgate.Storage.Runtime;
using Tollgate.Storage.Transfer;

namespace Tollgate.Server.Databases;

/// <summary>What an administrator does with the databases of a home folder while no node runs on them.</summary>
public sealed class DatabaseCommands(StartArguments arguments, TimeProvider time, TextWriter output)
{
    private static readonly string[] Names = ["apim_db", "shared_db"];

    /// <summary>Brings the databases to this program's schema.</summary>
    public Task MigrateAsync() => OnAsync(arguments, async (pair, _) =>
    {
        await pair.MigrateAsync(time);
        await output.WriteLineAsync("apim_db and shared_db have the schema of this program.");
    });

    /// <summary>Says what there is to know; false when a node could not start on it.</summary>
    public async Task<bool> CheckAsync()
    {
        var good = true;
        await OnAsync(arguments, async (pair, settings) =>
        {
            var inspector = new DatabaseInspector(KeysOf(settings).MasterKey());
            foreach (var name in Names)
            {
                var report = await inspector.LookAsync(pair, name[..name.IndexOf('_', StringComparison.Ordinal)]);
                good &= report is { IsNewer: false, MasterKey: not MasterKeyState.Other };
                await output.WriteLineAsync($"{name}: {report.Version}");
                await output.WriteLineAsync($"  schema: {SchemaOf(report)}");
                await output.WriteLineAsync($"  master key: {KeyOf(report)}");
                foreach (var advice in report.Advice)
                {
                    await output.WriteLineAsync($"  advice: {advice}");
                }
            }
        });
        return good;
    }

    /// <summary>Writes everything into one file.</summary>
    public Task BackupAsync(string file) => OnAsync(arguments, async (pair, _) =>
    {
        await NewBackup().WriteAsync(pair, Path.GetFullPath(file));
        await output.WriteLineAsync($"Written to {file}. The master key is not in it: keep it too, or nothing that is sealed can be read.");
    });

    /// <summary>Puts a backup into the databases; what they hold goes only when that was said.</summary>
    public Task RestoreAsync(string file, bool replace) => OnAsync(arguments, async (pair, _) =>
    {
        await NewBackup().RestoreAsync(Path.GetFullPath(file), pair, replace);
        await output.WriteLineAsync("Restored. Nodes need the master key of the time of the backup; gateways take everything anew.");
    });

    /// <summary>Copies everything into the databases of another home folder's configuration.</summary>
    public Task CopyAsync(string home, bool replace) => OnAsync(arguments, (source, from) => OnAsync(
        new StartArguments { Home = Path.GetFullPath(home) },
        async (target, to) =>
        {
            if (from.Home == to.Home || from.Databases == to.Databases && from.Databases.Apim.Type is not ("h2" or "sqlite"))
            {
                throw new TransferException("Source and target are the same databases.");
            }

            await NewBackup().CopyAsync(source, target, replace);
            await output.WriteLineAsync("Copied. The other nodes need the same master key; gateways take everything anew.");
        }));

    /// <summary>Says whether the audit log is whole, and where it is not. Nodes may go on writing meanwhile.</summary>
    public async Task<bool> VerifyAuditAsync()
    {
        var verdict = new AuditVerdict(0, null);
        await OnAsync(arguments, async (pair, settings) =>
        {
            var key = KeysOf(settings).MasterKey();
            if ((await new DatabaseInspector(key).LookAsync(pair, "apim")).MasterKey == MasterKeyState.Other)
            {
                throw new ConfigurationException("The master key does not fit the database; with another one no entry can be verified.");
            }

            verdict = await new AuditChains(pair.Apim, key).VerifyAsync(CancellationToken.None);
        });
        if (verdict.Pruned > 0)
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{verdict.Pruned} entries were taken off by nodes, because their time was over."));
        }

        await output.WriteLineAsync(verdict.Problem is null
            ? string.Create(CultureInfo.InvariantCulture, $"The audit log is whole: {verdict.Entries} entries.")
            : string.Create(CultureInfo.InvariantCulture, $"The audit log is not whole. {verdict.Problem} {verdict.Entries} entries before it hold."));
        return verdict.Problem is null;
    }

    private static async Task OnAsync(StartArguments arguments, Func<DatabasePair, NodeSettings, Task> work)
    {
        var settings = NodeSettings.Load(arguments);
        if (!File.Exists(Path.Combine(settings.Home, HomeFolder.ConfigurationFile)))
        {
            throw new ConfigurationException($"There is no {HomeFolder.ConfigurationFile} below {settings.Home}; --home names the home folder.");
        }

        using var databases = new NodeDatabases(settings.Databases, settings.Home);
        await databases.ReachAsync();
        try
        {
            await work(new DatabasePair(new ApimDatabase(databases.Apim, new RuntimeSignal()), new SharedDatabase(databases.Shared)), settings);
        }
        catch (Refusal refusal)
        {
            throw new TransferException(refusal.InnerException is { } cause ? $"{refusal.Description} ({cause.Message})" : refusal.Description);
        }
    }

    private static string SchemaOf(DatabaseReport report) => report switch
    {
        { IsNewer: true } => "made by a newer program; this one must not start on it",
        { Waiting: 0 } => "up to date",
        _ => string.Create(CultureInfo.InvariantCulture, $"{report.Waiting} statements to run (tollgate db migrate, or the next start)"),
    };

    private static string KeyOf(DatabaseReport report) => report.MasterKey switch
    {
        MasterKeyState.Fits => "fits",
        MasterKeyState.Other => "does not fit; set [encryption] key to the one of the other nodes, or restore the key file",
        _ => "no node has started on it yet",
    };

    private NodeKeys KeysOf(NodeSettings settings) => new(settings.Home, settings.Keys, settings.Node.HostName, time);

    private Backup NewBackup() => new(time, ProductVersion.Text, line => output.WriteLine($"  {line}"));
}
