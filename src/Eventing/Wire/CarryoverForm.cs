using Tollgate.Model;
using Tollgate.Model.Events;

namespace Tollgate.Eventing.Wire;

/// <summary>What is carried over, as the last fields of an item; limits with fixed windows have none of them.</summary>
internal static class CarryoverForm
{
    public static void Write(WireWriter writer, in Carryover before)
    {
        if (before.Window != QuotaWindow.Fixed)
        {
            writer.Byte((byte)before.Window);
            writer.Unsigned((ulong)before.Period);
            writer.Unsigned((ulong)before.Previous);
            writer.Double(before.FullAt);
        }
    }

    public static Carryover Read(ref WireReader reader)
    {
        var window = (QuotaWindow)reader.Byte();
        var before = new Carryover(window, Period: reader.Count(), Previous: reader.Count(), FullAt: reader.Double());
        // A kind of window that only a newer program has is counted, and not carried over.
        return Enum.IsDefined(window) ? before : default;
    }

    /// <summary>False for what cannot be reckoned with.</summary>
    public static bool IsValid(in Carryover before, long limit = 1) =>
        before.Window == QuotaWindow.Fixed || (before is { Period: > 0, FullAt: >= 0 } && limit > 0);
}
