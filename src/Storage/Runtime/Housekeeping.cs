namespace Tollgate.Storage.Runtime;

/// <summary>
/// Deletes rows whose time is over: expired tokens and revocations, tombstones that every follower has seen, gateways that stay away.
/// </summary>
public sealed class Housekeeping(ApimDatabase database, TimeProvider time)
{
    public Task RunAsync(CancellationToken cancellation = default) => database.WriteAsync(
        async db =>
        {
            var now = time.GetUtcNow().ToUnixTimeSeconds();
            await db.ExecuteAsync("DELETE FROM refresh_tokens WHERE expires_at < @now", new { now });
            await db.ExecuteAsync("DELETE FROM authorizations WHERE expires_at < @now", new { now });
            await db.ExecuteAsync("DELETE FROM access_tokens WHERE expires_at < @now", new { now });
            await db.ExecuteAsync("DELETE FROM revocations WHERE expires_at < @now", new { now });

            var before = (now - (long)Tombstones.Kept.TotalSeconds) * 1000;
            await db.ExecuteAsync("DELETE FROM gateways WHERE seen_at < @before", new { before });
            var newest = await db.FirstAsync<long?>(
                "SELECT MAX(runtime_version) FROM runtime_tombstones WHERE removed_at < @before", new { before });
            if (newest is null)
            {
                return 0;
            }

            // A follower older than this cannot learn what went away and is given everything anew.
            await db.ExecuteAsync("DELETE FROM runtime_tombstones WHERE removed_at < @before", new { before });
            return await db.ExecuteAsync("UPDATE runtime_version SET tombstones_since = @newest WHERE id = 1", new { newest });
        },
        cancellation);
}
