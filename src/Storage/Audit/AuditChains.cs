using Tollgate.Security.Secrets;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Audit;

/// <summary>What a look through all chains found.</summary>
/// <param name="Entries">How many entries hold.</param>
/// <param name="Problem">The first thing that is wrong; null when nothing is.</param>
/// <param name="Pruned">How many earlier ones nodes took off because their time was over.</param>
public sealed record AuditVerdict(long Entries, string? Problem, long Pruned = 0);

/// <summary>Verifies the chains of the audit log, and takes off their beginnings when their time is over.</summary>
/// <remarks>
/// Where a shortened chain begins is sealed with the key of the entries: who can write the tables but has no node can take nothing off. What is taken off
/// was verified in the same transaction, so that no trace of a change is lost that way.
/// </remarks>
public sealed class AuditChains(ApimDatabase database, MasterKey masterKey)
{
    // Writers wait two seconds for their turn at most.
    private const int MostAtATime = 200;

    private readonly AuditKey _key = new(masterKey);

    /// <summary>Reads every chain from its beginning and says what is missing or was changed.</summary>
    public Task<AuditVerdict> VerifyAsync(CancellationToken cancellation) => database.Database.SnapshotAsync(
        async db =>
        {
            var (entries, pruned) = (0L, 0L);
            foreach (var chain in await db.ListAsync<AuditChainRow>("SELECT node, number, entry_hash FROM audit_chains ORDER BY node"))
            {
                if (await BeginningAsync(db, chain.Node) is not { } beginning)
                {
                    return new AuditVerdict(entries, $"The beginning of the chain of node '{chain.Node}' was moved.", pruned);
                }

                pruned += beginning.Number;
                var walk = new AuditWalk(_key, beginning);
                await foreach (var row in db.StreamAsync<AuditRow>(
                    $"SELECT {AuditRow.Columns} FROM audit_entries WHERE node = @Node ORDER BY number", chain).WithCancellation(cancellation))
                {
                    if (walk.Take(row) is { } problem)
                    {
                        return new AuditVerdict(entries, problem, pruned);
                    }

                    entries++;
                }

                if (walk.Number != chain.Number || walk.Hash != chain.EntryHash)
                {
                    return new AuditVerdict(entries, $"The chain of node '{chain.Node}' ends at entry {walk.Number}; it had {chain.Number}.", pruned);
                }
            }

            var stray = await db.FirstAsync<string>(
                "SELECT e.node FROM audit_entries e LEFT JOIN audit_chains c ON c.node = e.node WHERE c.node IS NULL LIMIT 1");
            return new AuditVerdict(entries, stray is null ? null : $"The chain of node '{stray}' has lost its end.", pruned);
        },
        cancellation);

    /// <summary>Takes off what happened before this time, as far as it holds; what does not hold stays.</summary>
    /// <param name="before">Unix milliseconds.</param>
    /// <param name="cancellation">Ends it between two steps.</param>
    public async Task<AuditVerdict> PruneAsync(long before, CancellationToken cancellation)
    {
        var pruned = 0L;
        foreach (var node in await database.ReadAsync(db => db.ListAsync<string>("SELECT node FROM audit_chains ORDER BY node"), cancellation))
        {
            AuditVerdict step;
            do
            {
                step = await database.WriteAsync(db => PruneAsync(db, node, before), cancellation);
                pruned += step.Pruned;
                if (step.Problem is not null)
                {
                    return step with { Pruned = pruned };
                }
            }
            while (step.Pruned == MostAtATime);
        }

        return new AuditVerdict(0, null, pruned);
    }

    private async Task<AuditVerdict> PruneAsync(Transaction db, string node, long before)
    {
        if (await BeginningAsync(db, node) is not { } beginning)
        {
            return new AuditVerdict(0, $"The beginning of the chain of node '{node}' was moved.");
        }

        var walk = new AuditWalk(_key, beginning);
        foreach (var row in await db.ListAsync<AuditRow>(
            $"SELECT {AuditRow.Columns} FROM audit_entries WHERE node = @node ORDER BY number LIMIT {MostAtATime}", new { node }))
        {
            if (row.HappenedAt >= before)
            {
                break;
            }

            if (walk.Take(row) is { } problem)
            {
                return new AuditVerdict(0, problem);
            }
        }

        if (walk.Number > beginning.Number)
        {
            await db.ExecuteAsync("DELETE FROM audit_entries WHERE node = @node AND number <= @Number", new { node, walk.Number });
            await db.ExecuteAsync("DELETE FROM audit_prunings WHERE node = @node", new { node });
            await db.ExecuteAsync(
                "INSERT INTO audit_prunings (node, number, entry_hash, seal) VALUES (@node, @Number, @Hash, @seal)",
                new { node, walk.Number, walk.Hash, seal = _key.SealOf(node, walk.Number, walk.Hash) });
        }

        return new AuditVerdict(0, null, walk.Number - beginning.Number);
    }

    // Of a chain that was never shortened, the place before its first entry; null where the seal does not fit.
    private async Task<AuditChainRow?> BeginningAsync(Transaction db, string node)
    {
        var row = await db.FirstAsync<AuditChainRow>("SELECT node, number, entry_hash, seal FROM audit_prunings WHERE node = @node", new { node });
        return row is null ? new AuditChainRow { Node = node }
            : row.Seal == _key.SealOf(row.Node, row.Number, row.EntryHash) ? row
            : null;
    }
}
