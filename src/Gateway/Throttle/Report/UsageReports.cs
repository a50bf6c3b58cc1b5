using Tollgate.Model.Events;

namespace Tollgate.Gateway.Throttle.Report;

/// <summary>What this gateway and the traffic managers tell each other. Used by one thread; it knows no transport and no timer.</summary>
/// <param name="counters">What is reported.</param>
/// <param name="gateway">
/// Incarnation id, new at every start: totals begin at zero again, and a traffic manager must not take that for a step back.
/// </param>
internal sealed class UsageReports(CounterTable counters, string gateway)
{
    // What a message holds at most.
    private const int MostTotals = 1_000;

    private readonly int _seed = Partition.Of(gateway) * 7_919;
    private readonly PartitionStream[] _streams = [.. counters.Links.Select(_ => new PartitionStream())];
    private readonly List<UsageTotal>?[] _totals = new List<UsageTotal>?[counters.Links.Count];

    /// <summary>Messages with what changed: of all keys, or only of those where it is urgent.</summary>
    public List<UsageTotals> Collect(bool all)
    {
        var now = counters.Clock.Now;
        List<UsageTotals> messages = [];
        while (counters.TryTakeChanged(all, out var counter))
        {
            counter.Collected(now);
            Add(counter, now, messages);
        }

        for (var partition = 0; partition < _streams.Length; partition++)
        {
            Close(partition, messages);
            if (all)
            {
                SendAgain(partition, now, messages);
            }

            if (_streams[partition].IsSilent(now))
            {
                messages.Add(Message(partition, _streams[partition].Number, _streams[partition].Number, []));
            }
        }

        return messages;
    }

    /// <summary>Learns what a traffic manager announced.</summary>
    public void Hear(Announcement announcement)
    {
        if (announcement.Partition < 0 || announcement.Partition >= _streams.Length)
        {
            return;
        }

        counters.Clock.Hear(announcement.ServerTime);
        var now = counters.Clock.Now;
        counters.Meters.Heard(now - announcement.ServerTime);
        counters.Links[announcement.Partition].Hear(announcement.Gateways, announcement.ServerTime, now);
        if (!_streams[announcement.Partition].Hear(announcement, gateway, now, out var latest))
        {
            return;
        }

        foreach (var announced in announcement.Keys)
        {
            // Counters that this gateway does not use are none of its business.
            if (counters.Find(announced.Key, announced.WindowMilliseconds) is { } counter)
            {
                counter.Learn(announced, announcement.ServerTime, latest, Chance(counter.Key, announcement.Number));
                counter.Permits?.Learn(counter.Latest, announcement.TrafficManager, announced, gateway);
            }
        }
    }

    private void Add(Counter counter, long now, List<UsageTotals> messages)
    {
        var stream = _streams[counter.Link.Partition];
        var totals = _totals[counter.Link.Partition];
        if (totals is null || totals.Count == MostTotals)
        {
            Close(counter.Link.Partition, messages);
            stream.Next(now);
            totals = _totals[counter.Link.Partition] = [];
        }

        var window = counter.Latest;
        var total = window.Admitted;
        var before = window.Before?.OfThisGateway ?? default;
        totals.Add(new UsageTotal(
            counter.Key, window.Start, counter.WindowLength, counter.Limit, total, counter.Demand, WantedBy(counter, total), before));
        counter.Sent.Add(
            new SentTotal(stream.Number, window.Start, total, before.Previous, counter.Demand), isShared: window.Others is { Demand: > 0 });
    }

    private static long WantedBy(Counter counter, long total) =>
        counter.Permits is null ? 0 : Math.Min(counter.Limit, PermitBook.Wanted(total, counter.Demand));

    private void Close(int partition, List<UsageTotals> messages)
    {
        if (_totals[partition] is { } totals)
        {
            messages.Add(Message(partition, _streams[partition].Number, _streams[partition].Number - 1, totals));
            _totals[partition] = null;
        }
    }

    // A traffic manager that lacks something gets everything that changed since: it is new, or a message was lost.
    private void SendAgain(int partition, long now, List<UsageTotals> messages)
    {
        if (_streams[partition].Missing(now) is not { } since)
        {
            return;
        }

        var first = messages.Count;
        foreach (var (_, counter) in counters.All)
        {
            if (counter.Link.Partition == partition && counter.Sent.LastNumber > since && now < counter.ForgottenAt)
            {
                // What the last window counted is told with the present one.
                counter.At(now);
                Add(counter, now, messages);
            }
        }

        Close(partition, messages);
        if (messages.Count > first)
        {
            messages[first] = messages[first] with { Since = since };
        }
        else
        {
            // Nothing of it matters any more; the number alone says so.
            messages.Add(Message(partition, _streams[partition].Next(now), since, []));
        }
    }

    private UsageTotals Message(int partition, long number, long since, IReadOnlyList<UsageTotal> totals) =>
        new(gateway, partition, number, since, counters.Clock.IsSet ? counters.Clock.Now : 0, totals);

    // Another one for each gateway, key and announcement, and the same whenever a simulation is run again.
    private double Chance(string key, long number) => (uint)((_seed + key.Length + number) * 2_654_435_761) / (double)(1L << 32);
}
