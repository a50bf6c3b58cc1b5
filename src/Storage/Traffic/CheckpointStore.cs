namespace Tollgate.Storage.Traffic;

/// <summary>
/// What traffic managers counted, a blob per partition. Fenced: who takes a partition gets the next epoch, and from then on nobody with an earlier one
/// can save, however late it wakes up.
/// </summary>
public sealed class CheckpointStore(SharedDatabase database, TimeProvider time)
{
    /// <summary>Takes a partition over: the epoch to save under, and what was saved last.</summary>
    /// <param name="partition">Its number.</param>
    /// <param name="savedBefore">Null is returned when it was saved at this Unix millisecond or later: then its owner is there.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<TakenPartition?> TakeAsync(int partition, long savedBefore, CancellationToken cancellation) => database.WriteAsync<TakenPartition?>(
        async db =>
        {
            var taken = await db.ExecuteAsync(
                "UPDATE traffic_checkpoints SET epoch = epoch + 1 WHERE partition_id = @partition AND saved_at < @savedBefore",
                new { partition, savedBefore });
            if (taken == 0)
            {
                if (await db.AnyAsync("SELECT 1 FROM traffic_checkpoints WHERE partition_id = @partition", new { partition }))
                {
                    return null;
                }

                await db.ExecuteAsync(
                    "INSERT INTO traffic_checkpoints (partition_id, epoch, saved_at, counters) VALUES (@partition, 1, 0, @nothing)",
                    new { partition, nothing = Array.Empty<byte>() });
            }

            var row = await db.FirstAsync<Row>(
                "SELECT epoch, saved_at, counters FROM traffic_checkpoints WHERE partition_id = @partition", new { partition });
            return new TakenPartition(row!.Epoch, row.SavedAt, row.Counters.Length == 0 ? [] : Compressed.ToBytes(row.Counters));
        },
        cancellation);

    /// <summary>Saves under an epoch; false when the partition was taken over since.</summary>
    public async Task<bool> SaveAsync(int partition, long epoch, byte[] counters, CancellationToken cancellation) => await database.WriteAsync(
        db => db.ExecuteAsync(
            """
            UPDATE traffic_checkpoints SET epoch = @epoch, saved_at = @now, counters = @content
            WHERE partition_id = @partition AND epoch <= @epoch
            """,
            new { partition, epoch, content = Compressed.From(counters), now = time.GetUtcNow().ToUnixTimeMilliseconds() }),
        cancellation) > 0;

    private sealed record Row
    {
        public long Epoch { get; init; }

        public long SavedAt { get; init; }

        public byte[] Counters { get; init; } = [];
    }
}

/// <summary>A partition that was taken over.</summary>
/// <param name="Epoch">To save under.</param>
/// <param name="SavedAt">When it was last saved, in Unix milliseconds; 0 for never.</param>
/// <param name="Counters">What was saved; empty when nothing was.</param>
public sealed record TakenPartition(long Epoch, long SavedAt, byte[] Counters);
