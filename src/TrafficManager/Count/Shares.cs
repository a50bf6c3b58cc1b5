using System.Diagnostics.CodeAnalysis;

namespace Tollgate.TrafficManager.Count;

/// <summary>The parts of the gateways that use one key. Most keys are used by one, whose part lies here and needs no array.</summary>
internal struct Shares
{
    private Share _first;
    private Share[]? _others;

    public int Count { get; private set; }

    /// <summary>What silent gateways may let through.</summary>
    public readonly long Reserved
    {
        get
        {
            var reserved = Count > 0 ? _first.Reserved : 0;
            for (var place = 1; place < Count; place++)
            {
                reserved += _others![place - 1].Reserved;
            }

            return reserved;
        }
    }

    /// <summary>The place of a gateway that has one or gets one.</summary>
    public int PlaceOf(int gateway, out bool isNew)
    {
        for (var place = 0; place < Count; place++)
        {
            if (this[place].Gateway == gateway)
            {
                isNew = false;
                return place;
            }
        }

        isNew = true;
        if (Count > 0 && Count - 1 == (_others?.Length ?? 0))
        {
            Array.Resize(ref _others, Count == 1 ? 2 : 2 * Count);
        }

        Count++;
        this[Count - 1] = new Share { Gateway = gateway };
        return Count - 1;
    }

    [UnscopedRef]
    public ref Share this[int place]
    {
        get
        {
            if (place == 0)
            {
                return ref _first;
            }

            return ref _others![place - 1];
        }
    }
}
