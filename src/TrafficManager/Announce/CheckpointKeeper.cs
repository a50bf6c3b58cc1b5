using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Tollgate.Storage.Traffic;
using Tollgate.TrafficManager.Count;

namespace Tollgate.TrafficManager.Announce;

/// <summary>
/// Saves what was counted every 10 s and reads it when a partition is counted for the first time. It is for what no gateway would tell again: what gateways
/// counted that have ended since. The database is asked in the background; counting never waits for it. Used by one thread.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="log">Where trouble is told.</param>
/// <param name="store">Null on a node that shares no database: it saves nothing.</param>
internal sealed partial class CheckpointKeeper(TimeProvider time, ILogger<CheckpointKeeper> log, CheckpointStore? store = null)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    // Who has a partition saves it every 10 s; one that was lost is taken back when its owner had the time to do so and more.
    private static readonly TimeSpan Abandoned = TimeSpan.FromSeconds(35);

    // Some milliseconds: announcements wait for a slice, and for no more.
    internal const int Slice = 5_000;

    private readonly ConcurrentDictionary<int, Held> _held = new();
    private readonly Dictionary<int, Task<TakenPartition?>> _taking = [];
    private readonly Queue<TallyBook> _due = [];
    private DateTimeOffset _next;
    private (int Partition, long Epoch, TallyImage Image)? _writing;
    private Task _saving = Task.CompletedTask;
    private bool _isAway;

    /// <summary>Begins to take a partition: its sums come in, and are saved under an epoch of this traffic manager, once the database has answered.</summary>
    public void Take(TallyBook book, CancellationToken stopping)
    {
        // Its owner may be one that is stopped and will wake up, so it is taken at once.
        Take(book, long.MaxValue, stopping);
    }

    /// <summary>
    /// Takes in what was read, and saves when it is time: one partition after the other, each in slices, so that a tick is short and no more than one image is
    /// in memory.
    /// </summary>
    public async Task TickAsync(IReadOnlyCollection<TallyBook> books, CancellationToken stopping)
    {
        if (store is null || await HasTakenInAsync(books))
        {
            return;
        }

        var now = time.GetUtcNow();
        if (_due.Count == 0 && _writing is null && now >= _next)
        {
            _next = now + Pause;
            foreach (var book in books)
            {
                _due.Enqueue(book);
            }
        }

        if (!_saving.IsCompleted)
        {
            return;
        }

        // Written here, by the thread that counts; compressed and sent to the database by another.
        _writing ??= Next(now, stopping);
        if (_writing is var (partition, epoch, image) && image.Write(Slice))
        {
            _writing = null;
            _saving = Task.Run(() => SaveAsync(store, partition, epoch, image, stopping), stopping);
        }
    }

    private (int Partition, long Epoch, TallyImage Image)? Next(DateTimeOffset now, CancellationToken stopping)
    {
        while (_due.TryDequeue(out var book))
        {
            if (!book.IsActive)
            {
                continue;
            }

            if (_held.TryGetValue(book.Partition, out var held) && !held.IsLost)
            {
                return (book.Partition, held.Epoch, book.Image());
            }

            Take(book, held is null ? long.MaxValue : (now - Abandoned).ToUnixTimeMilliseconds(), stopping);
        }

        return null;
    }

    private void Take(TallyBook book, long savedBefore, CancellationToken stopping)
    {
        if (store is not null && !_taking.ContainsKey(book.Partition))
        {
            _taking[book.Partition] = Task.Run(() => TakeAsync(store, book.Partition, savedBefore, stopping), stopping);
        }
    }

    // One partition at a time.
    private async Task<bool> HasTakenInAsync(IReadOnlyCollection<TallyBook> books)
    {
        foreach (var book in books)
        {
            if (_taking.TryGetValue(book.Partition, out var taking) && taking.IsCompleted)
            {
                _taking.Remove(book.Partition);
                if (await taking is { } taken)
                {
                    _held[book.Partition] = new Held(taken.Epoch);
                    book.Read(taken.Counters);
                    return true;
                }
            }
        }

        return false;
    }

    private async Task<TakenPartition?> TakeAsync(CheckpointStore from, int partition, long savedBefore, CancellationToken stopping)
    {
        try
        {
            return await from.TakeAsync(partition, savedBefore, stopping);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // The next round tries again.
            Trouble(error);
            return null;
        }
    }

    private async Task SaveAsync(CheckpointStore to, int partition, long epoch, TallyImage image, CancellationToken stopping)
    {
        try
        {
            if (!await to.SaveAsync(partition, epoch, image.Join(), stopping))
            {
                _held[partition] = new Held(epoch, IsLost: true);
            }

            _isAway = false;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            Trouble(error);
        }
    }

    private void Trouble(Exception error)
    {
        if (!_isAway)
        {
            _isAway = true;
            Away(log, error.Message);
        }
    }

    /// <param name="Epoch">To save under.</param>
    /// <param name="IsLost">Another traffic manager took the partition.</param>
    private sealed record Held(long Epoch, bool IsLost = false);

    [LoggerMessage(LogLevel.Warning, "What was counted cannot be saved: {Reason}. Counting goes on")]
    private static partial void Away(ILogger log, string reason);
}
