using System.Text;
using Tollgate.Model;
using Tollgate.Model.Events;

namespace Tollgate.TrafficManager.Count;

/// <summary>What a book counted, as bytes: gateways by name, then tallies with what each gateway let through. Windows that end soon are left out.</summary>
internal static class TallyImage
{
    private const byte Version = 2;

    // Knew of fixed windows only.
    private const byte FirstVersion = 1;

    // By the time that anybody reads it they would be over.
    private const long SoonMilliseconds = 10_000;

    public static byte[] Write(GatewayRegister gateways, IEnumerable<Tally> tallies, long now)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        writer.Write(Version);
        var names = gateways.Names;
        writer.Write(names.Count);
        foreach (var (name, index) in names)
        {
            writer.Write(name);
            writer.Write(index);
        }

        foreach (var tally in tallies)
        {
            if (tally.ForgottenAt - now > SoonMilliseconds)
            {
                writer.Write(true);
                tally.Write(writer);
            }
        }

        writer.Write(false);
        writer.Flush();
        return buffer.ToArray();
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
}
