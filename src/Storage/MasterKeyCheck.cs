using Tollgate.Security.Secrets;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage;

/// <summary>Refuses a node whose master key is not the one a database was made with.</summary>
public sealed class MasterKeyCheck(MasterKey masterKey)
{
    internal const string Name = "master-key";

    public async Task VerifyAsync(ApimDatabase apim, SharedDatabase shared)
    {
        await VerifyAsync(apim.Database, "apim_db");
        await VerifyAsync(shared.Database, "shared_db");
    }

    private async Task VerifyAsync(Database database, string databaseName)
    {
        var stored = await database.WriteAsync(async db =>
        {
            var known = await db.FirstAsync<byte[]>("SELECT sealed_value FROM master_key_checks WHERE name = @Name", new { Name });
            if (known is not null)
            {
                return known;
            }

            var fresh = masterKey.Seal("tollgate"u8, Name);
            await db.ExecuteAsync("INSERT INTO master_key_checks (name, sealed_value) VALUES (@Name, @fresh)", new { Name, fresh });
            return fresh;
        });
        if (masterKey.Open(stored, Name) is null)
        {
            throw new WrongMasterKeyException(databaseName);
        }
    }
}

/// <summary>The node's master key cannot open what the database holds.</summary>
public sealed class WrongMasterKeyException(string database) : Exception(
    $"{database} was made with another master key. Set [encryption] key to the one of the other nodes, or restore this node's key file.");
