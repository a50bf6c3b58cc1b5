using Tollgate.Storage.Migrations;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Transfer;

/// <summary>The two databases of an installation, which may be one.</summary>
public sealed class DatabasePair(ApimDatabase apim, SharedDatabase shared)
{
    public ApimDatabase Apim => apim;

    public SharedDatabase Shared => shared;

    internal Database Of(string area) => area == "apim" ? apim.Database : shared.Database;

    /// <summary>Brings both to the schema of this program, while no other node does.</summary>
    public async Task MigrateAsync(TimeProvider time)
    {
        await using var turn = await StartTurn.TakeAsync(apim);
        var migrator = new Migrator(time);
        await migrator.MigrateAsync(shared);
        await migrator.MigrateAsync(apim);
    }
}
