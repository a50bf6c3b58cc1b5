using Microsoft.Extensions.Logging;
using Tollgate.Storage.Traffic;
using Tollgate.TrafficManager.Count;

namespace Tollgate.TrafficManager.Announce;

/// <summary>Gets permits for those who want some, one question at a time: all that came up meanwhile is in the next one. Used by one thread.</summary>
/// <param name="log">Where trouble is told.</param>
/// <param name="store">Null on a node that shares no database: exact limits then get no permits from it.</param>
internal sealed partial class PermitDesk(ILogger<PermitDesk> log, PermitStore? store = null)
{
    private List<(TallyBook Book, Tally Tally, PermitRequest Request)> _asked = [];
    private Task<IReadOnlyList<long>>? _answer;
    private bool _isAway;

    /// <summary>Completes when there is something to hand out; null when nothing was asked for.</summary>
    public Task? Answered => _answer;

    /// <summary>Asks for what is wanted, unless an answer is still awaited.</summary>
    public void Ask(IEnumerable<TallyBook> books, CancellationToken stopping)
    {
        if (_answer is not null || store is null)
        {
            return;
        }

        _asked = [.. books.SelectMany(book => book.TakeWanting(), (book, tally) => (book, tally, RequestOf(tally)))];
        if (_asked.Count > 0)
        {
            _answer = store.TakeAsync([.. _asked.Select(asked => asked.Request)], stopping);
        }
    }

    /// <summary>Hands out what was got; nothing where the database could not be asked.</summary>
    public async Task HandOutAsync()
    {
        IReadOnlyList<long>? taken = null;
        try
        {
            taken = await _answer!;
            _isAway = false;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Whatever it was: without permits an exact limit refuses, and gateways ask again.
            if (!_isAway)
            {
                _isAway = true;
                Away(log, error.Message);
            }
        }

        _answer = null;
        for (var i = 0; i < _asked.Count; i++)
        {
            var (book, tally, request) = _asked[i];
            if (taken is null)
            {
                tally.Permits?.IsAsking = false;
                continue;
            }

            tally.Grant(request.WindowStart, request.Amount, taken[i]);
            book.Watch(tally);
        }
    }

    private static PermitRequest RequestOf(Tally tally) => new(
        tally.Key.ToString(), tally.WindowStart, tally.WindowMilliseconds, tally.Limit, tally.Permits!.Missing(tally.Limit));

    [LoggerMessage(LogLevel.Warning, "Permits of exact limits cannot be got from the database: {Reason}. Such limits refuse calls meanwhile")]
    private static partial void Away(ILogger log, string reason);
}
