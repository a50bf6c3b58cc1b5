using Tollgate.Model.Events;

namespace Tollgate.Eventing.Wire;

/// <summary>Announcements as bytes.</summary>
internal sealed class AnnouncementForm : MessageForm<Announcement, Announced>
{
    private const int PartBits = 12;

    public override string Name => "announcements";

    protected override byte Kind => 2;

    public override int PartitionOf(Announcement message) => message.Partition;

    public override IReadOnlyList<Announced> ItemsOf(Announcement message) => message.Keys;

    public override (string Key, long WindowMilliseconds) IdentityOf(Announced item) => (item.Key, item.WindowMilliseconds);

    public override Announced Merge(Announced one, Announced other)
    {
        var isNewer = other.WindowStart > one.WindowStart || (other.WindowStart == one.WindowStart && other.Total >= one.Total);
        var (older, newer) = isNewer ? (one, other) : (other, one);
        if (older.WindowStart < newer.WindowStart)
        {
            return newer;
        }

        // Grants are told once: those of the older one stand, unless its window is over.
        newer = newer with { Before = newer.Before.Max(older.Before) };
        return older.Grants.Count == 0 ? newer : newer with
        {
            Grants =
            [
                .. Largest(older.Grants.Concat(newer.Grants).Select(grant => (grant.Gateway, grant.Permits)))
                    .Select(grant => new Grant(grant.Key, grant.Value)),
            ],
        };
    }

    /// <summary>Two messages that follow each other say everything from the first one's beginning on; two with a gap between them do not.</summary>
    public override Announcement Merge(Announcement older, Announcement newer) => newer with
    {
        Since = newer.Since <= older.Number ? Math.Min(older.Since, newer.Since) : newer.Since,
        Number = Math.Max(older.Number, newer.Number),
        Acknowledged =
        [
            .. older.Acknowledged.Concat(newer.Acknowledged).GroupBy(acknowledged => acknowledged.Gateway).Select(same => new Acknowledged(
                same.Key, same.Max(acknowledged => acknowledged.Number), same.Max(acknowledged => acknowledged.Latest))),
        ],
    };

    // Gateways pass over what has no larger number than they know, so that the parts of a message need numbers of their own.
    public override Announcement Outgoing(Announcement message) => message with
    {
        Number = message.Number << PartBits,
        Since = message.Since << PartBits,
    };

    public override Announcement Following(Announcement message) => message with
    {
        Number = message.Number + 1,
        Since = message.Number,
        Acknowledged = [],
    };

    protected override Announcement With(Announcement message, IReadOnlyList<Announced> items) => message with { Keys = items };

    protected override void WriteHead(WireWriter writer, Announcement message, bool isLast)
    {
        writer.Text(message.TrafficManager);
        writer.Unsigned((ulong)message.Partition);
        writer.Unsigned((ulong)message.Number);
        writer.Unsigned((ulong)message.ServerTime);
        writer.Unsigned((ulong)message.Gateways);
        writer.Unsigned((ulong)message.Acknowledged.Count);
        foreach (var (gateway, number, latest) in message.Acknowledged)
        {
            writer.Text(gateway);
            writer.Unsigned((ulong)number);
            writer.Unsigned((ulong)latest);
        }

        writer.Unsigned((ulong)message.Since);
    }

    protected override Announcement ReadHead(ref WireReader reader)
    {
        var (trafficManager, partition, number, serverTime) = (reader.Text(MostTextBytes), reader.Count(), reader.Count(), reader.Count());
        var gateways = (int)Math.Min(reader.Count(), int.MaxValue);
        List<Acknowledged> acknowledged = [];
        for (var left = reader.Count(); left > 0 && !reader.IsAtEnd; left--)
        {
            acknowledged.Add(new Acknowledged(reader.Text(MostTextBytes), reader.Count(), reader.Count()));
        }

        return new Announcement(
            trafficManager, (int)Math.Min(partition, Partition.Count), number, Since: reader.Count(), serverTime, gateways, acknowledged, []);
    }

    protected override bool IsValid(Announcement message) =>
        message is { TrafficManager.Length: > 0, Partition: < Partition.Count, ServerTime: > 0 };

    protected override void WriteItem(WireWriter writer, Announced item)
    {
        writer.Text(item.Key);
        writer.Unsigned((ulong)item.WindowMilliseconds);
        writer.Unsigned((ulong)item.WindowStart);
        writer.Unsigned((ulong)item.Total);
        writer.Unsigned((ulong)item.Reserved);
        writer.Double(item.Demand);
        WriteNumbers(writer, item.Grants.Count, item.Grants.Select(grant => (grant.Gateway, grant.Permits)));
        CarryoverForm.Write(writer, item.Before);
    }

    protected override Announced ReadItem(ref WireReader reader)
    {
        var (key, length, start) = (reader.Text(MostTextBytes), reader.Count(), reader.Count());
        var (total, reserved, demand) = (reader.Count(), reader.Count(), reader.Double());
        List<Grant> grants = [];
        for (var left = reader.Count(); left > 0 && !reader.IsAtEnd; left--)
        {
            grants.Add(new Grant(reader.Text(MostTextBytes), reader.Count()));
        }

        return new Announced(key, start, length, total, reserved, demand, grants, CarryoverForm.Read(ref reader));
    }

    protected override bool IsValid(Announced item) =>
        item is { Key.Length: > 0, WindowMilliseconds: > 0, Demand: >= 0 } && CarryoverForm.IsValid(item.Before);

    private static void WriteNumbers(WireWriter writer, int count, IEnumerable<(string Name, long Number)> numbers)
    {
        writer.Unsigned((ulong)count);
        foreach (var (name, number) in numbers)
        {
            writer.Text(name);
            writer.Unsigned((ulong)number);
        }
    }

    // Running totals: the larger one is the later one.
    private static Dictionary<string, long> Largest(IEnumerable<(string Name, long Number)> numbers)
    {
        Dictionary<string, long> largest = new(StringComparer.Ordinal);
        foreach (var (name, number) in numbers)
        {
            largest[name] = Math.Max(number, largest.GetValueOrDefault(name));
        }

        return largest;
    }
}
