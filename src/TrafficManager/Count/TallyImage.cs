using System.Text;
using Tollgate.Model;
using Tollgate.Model.Events;

namespace Tollgate.TrafficManager.Count;

/// <summary>
/// What a book counted, as bytes: gateways by name, then tallies with what each gateway let through. Windows that end soon are left out. Written in slices,
/// between which counting goes on.
/// </summary>
internal sealed class TallyImage
{
    private const byte Version = 2;

    // Knew of fixed windows only.
    private const byte FirstVersion = 1;

    // By the time that anybody reads it they would be over.
    private const long SoonMilliseconds = 10_000;

    private readonly GatewayRegister _gateways;
    private readonly TallyTable _tallies;
    private readonly SharedClock _clock;
    private readonly MemoryStream _slice = new();
    private readonly BinaryWriter _writer;
    private readonly List<byte[]> _written = [];
    private int _left;

    public TallyImage(GatewayRegister gateways, TallyTable tallies, SharedClock clock)
    {
        (_gateways, _tallies, _clock, _left) = (gateways, tallies, clock, tallies.Count);
        _writer = new BinaryWriter(_slice, Encoding.UTF8);
    }

    /// <summary>Writes tallies with some more totals; true when all are written.</summary>
    public bool Write(int most)
    {
        var now = _clock.Now;
        // From the end, so that no tally is left out that takes the place of one that is removed meanwhile. One that is written twice does no harm.
        _left = Math.Min(_left, _tallies.Count);
        while (most > 0 && _left > 0)
        {
            var tally = _tallies[--_left];
            most -= tally.Gateways;
            if (tally.ForgottenAt - now > SoonMilliseconds)
            {
                _writer.Write(true);
                tally.Write(_writer);
            }
        }

        _written.Add(Take());
        if (_left > 0)
        {
            return false;
        }

        // Gateways may have come meanwhile, so they are written last; they are read first.
        WriteGateways();
        _written.Insert(0, Take());
        _writer.Write(false);
        _written.Add(Take());
        return true;
    }

    /// <summary>All that was written; any thread may ask for it then.</summary>
    public byte[] Join()
    {
        var image = new byte[_written.Sum(slice => slice.Length)];
        var length = 0;
        foreach (var slice in _written)
        {
            slice.CopyTo(image, length);
            length += slice.Length;
        }

        return image;
    }

    /// <summary>Hands what was written to whoever merges it, as totals of a gateway.</summary>
    public static void Read(byte[] image, Action<string, UsageTotal> merge)
    {
        if (image.Length == 0)
        {
            return;
        }

        using var reader = new BinaryReader(new MemoryStream(image), Encoding.UTF8);
        var version = reader.ReadByte();
        if (version is not (Version or FirstVersion))
        {
            // Of a version that is newer: gateways tell again what they know.
            return;
        }

        var names = new Dictionary<int, string>();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var name = reader.ReadString();
            names[reader.ReadInt32()] = name;
        }

        while (reader.ReadBoolean())
        {
            var (key, start, length, limit) = (reader.ReadString(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
            var before = version == FirstVersion ? default
                : new Carryover((QuotaWindow)reader.ReadByte(), Period: reader.ReadInt64(), Previous: 0, FullAt: reader.ReadDouble());
            for (var left = reader.ReadInt32(); left > 0; left--)
            {
                var (gateway, total) = (names[reader.ReadInt32()], reader.ReadInt64());
                var ofGateway = before with { Previous = version == FirstVersion ? 0 : reader.ReadInt64() };
                merge(gateway, new UsageTotal(key, start, length, limit, total, 0, Before: ofGateway));
            }
        }
    }

    private void WriteGateways()
    {
        _writer.Write(Version);
        var names = _gateways.Names;
        _writer.Write(names.Count);
        foreach (var (name, index) in names)
        {
            _writer.Write(name);
            _writer.Write(index);
        }
    }

    private byte[] Take()
    {
        _writer.Flush();
        var slice = _slice.ToArray();
        _slice.SetLength(0);
        return slice;
    }
}
