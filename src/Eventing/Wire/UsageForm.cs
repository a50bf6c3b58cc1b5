using Tollgate.Model.Events;

namespace Tollgate.Eventing.Wire;

/// <summary>Usage totals as bytes.</summary>
internal sealed class UsageForm : MessageForm<UsageTotals, UsageTotal>
{
    public override string Name => "usage";

    protected override byte Kind => 1;

    public override int PartitionOf(UsageTotals message) => message.Partition;

    public override IReadOnlyList<UsageTotal> ItemsOf(UsageTotals message) => message.Totals;

    public override (string Key, long WindowMilliseconds) IdentityOf(UsageTotal item) => (item.Key, item.WindowMilliseconds);

    // Totals only rise.
    public override UsageTotal Merge(UsageTotal one, UsageTotal other)
    {
        var (older, newer) = other.WindowStart > one.WindowStart || (other.WindowStart == one.WindowStart && other.Total >= one.Total)
            ? (one, other)
            : (other, one);
        return older.WindowStart < newer.WindowStart ? newer : newer with { Before = newer.Before.Max(older.Before) };
    }

    /// <summary>Two messages that follow each other say everything from the first one's beginning on; two with a gap between them do not.</summary>
    public override UsageTotals Merge(UsageTotals older, UsageTotals newer) => newer with
    {
        Since = newer.Since <= older.Number ? Math.Min(older.Since, newer.Since) : newer.Since,
        Number = Math.Max(older.Number, newer.Number),
    };

    protected override UsageTotals With(UsageTotals message, IReadOnlyList<UsageTotal> items) => message with { Totals = items };

    protected override void WriteHead(WireWriter writer, UsageTotals message, bool isLast)
    {
        writer.Text(message.Gateway);
        writer.Unsigned((ulong)message.Partition);
        writer.Unsigned((ulong)message.Since);
        // What is divided says that everything is there with its last part only.
        writer.Unsigned((ulong)(isLast ? message.Number : message.Since));
        writer.Unsigned((ulong)message.SentAt);
    }

    protected override UsageTotals ReadHead(ref WireReader reader)
    {
        var (gateway, partition, since) = (reader.Text(MostTextBytes), reader.Count(), reader.Count());
        return new UsageTotals(gateway, (int)Math.Min(partition, Partition.Count), Number: reader.Count(), since, SentAt: reader.Count(), []);
    }

    protected override bool IsValid(UsageTotals message) => message is { Gateway.Length: > 0, Partition: < Partition.Count };

    protected override void WriteItem(WireWriter writer, UsageTotal item)
    {
        writer.Text(item.Key);
        writer.Unsigned((ulong)item.WindowMilliseconds);
        writer.Unsigned((ulong)item.WindowStart);
        writer.Unsigned((ulong)item.Limit);
        writer.Unsigned((ulong)item.Total);
        writer.Double(item.Demand);
        writer.Unsigned((ulong)item.Wanted);
        CarryoverForm.Write(writer, item.Before);
    }

    protected override UsageTotal ReadItem(ref WireReader reader)
    {
        var (key, length, start) = (reader.Text(MostTextBytes), reader.Count(), reader.Count());
        return new UsageTotal(
            key, start, length, Limit: reader.Count(), Total: reader.Count(), Demand: reader.Double(), Wanted: reader.Count(),
            Before: CarryoverForm.Read(ref reader));
    }

    protected override bool IsValid(UsageTotal item) =>
        item is { Key.Length: > 0, WindowMilliseconds: > 0, Demand: >= 0 } && CarryoverForm.IsValid(item.Before, item.Limit);
}
