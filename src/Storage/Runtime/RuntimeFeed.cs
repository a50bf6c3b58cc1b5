using Tollgate.Model;
using Tollgate.Model.Runtime;

namespace Tollgate.Storage.Runtime;

/// <summary>What a deployment is made of in the database; compiled into what a gateway serves.</summary>
public sealed record DeploymentSource(Api Api, Deployment Deployment, int RevisionNumber, ApiDesign Design, IReadOnlyList<Operation> Operations)
{
    /// <summary>Set when an administrator made the environment; null for one of the configuration.</summary>
    public StoredEnvironment? StoredEnvironment { get; init; }
}

/// <summary>What of a stored environment decides how it serves.</summary>
public sealed record StoredEnvironment(string Type, string DefaultHost);

/// <summary>The head of a feed answer.</summary>
/// <param name="From">What the follower has; the start when everything is sent.</param>
/// <param name="To">What the follower has once it applied the answer.</param>
public sealed record FeedHead(RuntimeCursor From, RuntimeCursor To)
{
    /// <summary>True when the answer replaces what the follower has.</summary>
    public bool Full => From.Version == 0;
}

/// <summary>Receives a feed answer piece by piece, so that a large one never stands in memory whole.</summary>
/// <param name="Begin">Called once, first.</param>
/// <param name="Compile">Turns a deployment into what gateways serve.</param>
/// <param name="Change">Called per change.</param>
public sealed record FeedReceiver(
    Func<FeedHead, Task> Begin, Func<DeploymentSource, DeployedApi> Compile, Func<RuntimeChange, ValueTask> Change);

/// <summary>Reads every change of runtime state since a cursor, in one state of all tables.</summary>
public sealed class RuntimeFeed(ApimDatabase database, TimeProvider time)
{
    /// <summary>Sends the changes after <paramref name="since"/>, or everything when the cursor belongs to another history or is too old.</summary>
    public Task ReadAsync(RuntimeCursor since, FeedReceiver receiver, CancellationToken cancellation) => database.Database.SnapshotAsync(
        async db =>
        {
            var row = (await db.FirstAsync<HeadRow>("SELECT epoch, version, tombstones_since FROM runtime_version WHERE id = 1"))!;
            var follows = since.Epoch == row.Epoch && since.Version <= row.Version && since.Version >= row.TombstonesSince;
            var from = follows ? since : RuntimeCursor.Start;
            await receiver.Begin(new FeedHead(from, new RuntimeCursor(row.Epoch, row.Version)));
            var arguments = new { since = from.Version, now = time.GetUtcNow().ToUnixTimeSeconds() };
            foreach (var table in await FeedTables.ChangedAsync(db, from.Version))
            {
                await foreach (var change in table.Read(db, arguments, receiver).WithCancellation(cancellation))
                {
                    await receiver.Change(change);
                }
            }

            return 0;
        },
        cancellation);

    private sealed record HeadRow
    {
        public string Epoch { get; init; } = "";

        public long Version { get; init; }

        public long TombstonesSince { get; init; }
    }
}
