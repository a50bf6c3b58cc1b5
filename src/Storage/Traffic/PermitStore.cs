using System.Security.Cryptography;
using System.Text;

namespace Tollgate.Storage.Traffic;

/// <summary>
/// Permits under exact limits. Whoever takes some does so in the row of the key, so no two traffic managers hand out the same one, whether or not they
/// know of each other: this is where an exact limit is exact.
/// </summary>
public sealed class PermitStore(SharedDatabase database, TimeProvider time)
{
    // Rows of keys that nobody asks for any more.
    private const long KeptMilliseconds = 24 * 3_600_000;

    /// <summary>Takes permits, as many of those that are asked for as there are left; in the order of the requests.</summary>
    public async Task<IReadOnlyList<long>> TakeAsync(IReadOnlyList<PermitRequest> requests, CancellationToken cancellation)
    {
        try
        {
            return await TakeAllAsync(requests, cancellation);
        }
        catch (DuplicateException)
        {
            // Two made the row of a key at the same moment; by now it is there.
            return await TakeAllAsync(requests, cancellation);
        }
    }

    /// <summary>Forgets windows that ended long ago.</summary>
    public Task ForgetAsync(CancellationToken cancellation) => database.WriteAsync(
        db => db.ExecuteAsync(
            "DELETE FROM traffic_permits WHERE window_end < @before",
            new { before = time.GetUtcNow().ToUnixTimeMilliseconds() - KeptMilliseconds }),
        cancellation);

    private Task<IReadOnlyList<long>> TakeAllAsync(
        IReadOnlyList<PermitRequest> requests, CancellationToken cancellation) => database.WriteAsync<IReadOnlyList<long>>(
        async db =>
        {
            var taken = new long[requests.Count];
            // In one order everywhere, so that no two transactions wait for each other.
            foreach (var (index, id) in requests.Select((request, index) => (index, Id: IdOf(request))).OrderBy(entry => entry.Id, StringComparer.Ordinal))
            {
                taken[index] = await TakeAsync(db, id, requests[index]);
            }

            return taken;
        },
        cancellation);

    private async Task<long> TakeAsync(Transaction db, string id, PermitRequest request)
    {
        var (start, end) = (request.WindowStart, request.WindowStart + request.WindowMilliseconds);
        // The first one in a window begins it; a window that is over stays over. From here to the end of the transaction the row is held.
        await db.ExecuteAsync(
            "UPDATE traffic_permits SET window_start = @start, window_end = @end, taken = 0 WHERE id = @id AND window_start < @start",
            new { id, start, end });
        var row = await db.FirstAsync<Row>("SELECT window_start, taken FROM traffic_permits WHERE id = @id" + database.Database.Dialect.RowLock, new { id });
        if (row is null)
        {
            await db.ExecuteAsync(
                "INSERT INTO traffic_permits (id, window_start, window_end, taken) VALUES (@id, @start, @end, 0)", new { id, start, end });
            row = new Row { WindowStart = start };
        }

        var amount = row.WindowStart == start ? Math.Min(request.Amount, request.Limit - row.Taken) : 0;
        if (amount <= 0)
        {
            return 0;
        }

        await db.ExecuteAsync("UPDATE traffic_permits SET taken = taken + @amount WHERE id = @id", new { id, amount });
        return amount;
    }

    private static string IdOf(PermitRequest request) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{request.WindowMilliseconds} {request.Key}")));

    private sealed record Row
    {
        public long WindowStart { get; init; }

        public long Taken { get; init; }
    }
}

/// <summary>So many permits for a key in a window, as long as no more than the limit are taken.</summary>
public sealed record PermitRequest(string Key, long WindowStart, long WindowMilliseconds, long Limit, long Amount);
