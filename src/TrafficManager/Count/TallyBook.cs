using Tollgate.Model.Events;

namespace Tollgate.TrafficManager.Count;

/// <summary>The tallies of all running windows. Used by one thread.</summary>
internal sealed class TallyBook
{
    // A window is kept a little beyond its end for totals that are still on their way.
    private const long GraceMilliseconds = 5_000;

    private readonly Dictionary<(string Key, long WindowStart, long WindowMilliseconds), Tally> _tallies = [];
    private readonly List<Tally> _changed = [];

    public int Count => _tallies.Count;

    public void Merge(UsageTotals totals)
    {
        foreach (var total in totals.Totals)
        {
            var id = (total.Key, total.WindowStart, total.WindowMilliseconds);
            if (!_tallies.TryGetValue(id, out var tally))
            {
                _tallies[id] = tally = new Tally(total.Key, total.WindowStart, total.WindowMilliseconds);
            }

            var wasChanged = tally.IsChanged;
            tally.Merge(totals.Gateway, total.Total);
            if (!wasChanged && tally.IsChanged)
            {
                _changed.Add(tally);
            }
        }
    }

    /// <summary>Sums that changed since the last call.</summary>
    public IReadOnlyList<Announced> Announce(long now)
    {
        List<Announced> announced = [.. _changed.Select(tally => tally.Announce(now))];
        _changed.Clear();
        return announced;
    }

    /// <summary>Forgets windows that are over.</summary>
    public void Forget(long now)
    {
        foreach (var (id, tally) in _tallies)
        {
            if (tally.WindowEnd + GraceMilliseconds < now)
            {
                _tallies.Remove(id);
            }
        }
    }
}
