using System.Numerics;

namespace Tollgate.TrafficManager.Count;

/// <summary>
/// Tallies by key and length of window. A million of them cost 16 to 32 MB beside the tallies themselves, and stand in the order in which they came, so that
/// looking at all of them walks through memory from one end to the other.
/// </summary>
internal sealed class TallyTable
{
    private const int Least = 16;

    // To look at a tally that is another one costs a wait for memory.
    private const int HeadsPerTally = 2;

    private Tally[] _tallies = new Tally[Least];

    // One more than the place of the first tally of each hash, the others follow in a chain; 0 for none.
    private int[] _heads = new int[HeadsPerTally * Least];

    public int Count { get; private set; }

    /// <summary>By places, from 0 to <see cref="Count"/>. Removing one puts the last one into its place.</summary>
    public Tally this[int place] => _tallies[place];

    /// <summary>The tally of a key; made when there is none.</summary>
    public Tally Of(string key, long windowMilliseconds)
    {
        var hash = HashOf(key, windowMilliseconds);
        for (var next = _heads[hash & (_heads.Length - 1)]; next > 0;)
        {
            var tally = _tallies[next - 1];
            if (tally.Hash == hash && tally.WindowMilliseconds == windowMilliseconds && tally.Key.Is(key))
            {
                return tally;
            }

            next = tally.Next;
        }

        return Add(new Tally(key, windowMilliseconds, hash));
    }

    public void RemoveAt(int place)
    {
        LinkTo(_tallies[place], place + 1) = _tallies[place].Next;
        var last = --Count;
        if (place < last)
        {
            LinkTo(_tallies[last], last + 1) = place + 1;
            _tallies[place] = _tallies[last];
        }

        _tallies[last] = null!;
    }

    private static int HashOf(string key, long windowMilliseconds) => key.GetHashCode() ^ (int)BitOperations.RotateLeft((ulong)windowMilliseconds, 7);

    private Tally Add(Tally tally)
    {
        if (Count == _tallies.Length)
        {
            Grow();
        }

        Link(tally, Count);
        _tallies[Count] = tally;
        Count++;
        return tally;
    }

    private void Link(Tally tally, int place)
    {
        ref var head = ref _heads[tally.Hash & (_heads.Length - 1)];
        tally.Next = head;
        head = place + 1;
    }

    // Where it stands that a tally is at this place: in the head of its chain, or in the tally before it.
    private ref int LinkTo(Tally tally, int link)
    {
        ref var at = ref _heads[tally.Hash & (_heads.Length - 1)];
        while (at != link)
        {
            at = ref _tallies[at - 1].Next;
        }

        return ref at;
    }

    private void Grow()
    {
        Array.Resize(ref _tallies, 2 * _tallies.Length);
        _heads = new int[HeadsPerTally * _tallies.Length];
        for (var place = 0; place < Count; place++)
        {
            Link(_tallies[place], place);
        }
    }
}
