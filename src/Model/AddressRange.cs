using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Tollgate.Model;

/// <summary>An address, or a network in CIDR notation (RFC 4632 section 3.1); IPv4 and IPv6 compare as IPv6 (RFC 4291 section 2.5.5.2).</summary>
public sealed class AddressRange
{
    private const int Size = 16;
    private const int MappedBits = 96;

    private readonly byte[] _prefix;
    private readonly int _bits;

    private AddressRange(byte[] prefix, int bits)
    {
        _prefix = prefix;
        _bits = bits;
    }

    /// <summary>Reads a list separated by commas; null when a part of it is neither an address nor a network.</summary>
    public static IReadOnlyList<AddressRange>? ParseList(string list)
    {
        List<AddressRange> ranges = [];
        foreach (var part in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Parse(part) is not { } range)
            {
                return null;
            }

            ranges.Add(range);
        }

        return ranges;
    }

    public bool Contains(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[Size];
        if (!TryWrite(address, bytes))
        {
            return false;
        }

        var whole = _bits / 8;
        var rest = _bits % 8;
        return bytes[..whole].SequenceEqual(_prefix.AsSpan(0, whole))
            && (rest == 0 || (bytes[whole] ^ _prefix[whole]) >> (8 - rest) == 0);
    }

    /// <summary>Reads a single address.</summary>
    /// <remarks>The platform also reads 1, 0x7f.1 and a zone after '%'; a rule about access takes only what everybody reads alike.</remarks>
    public static bool TryRead(ReadOnlySpan<char> text, out IPAddress address)
    {
        var isRead = IPAddress.TryParse(text, out var read) && !text.Contains('%') && IsPlain(text, read);
        address = isRead ? read! : IPAddress.None;
        return isRead;
    }

    private static AddressRange? Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var head = slash < 0 ? text : text[..slash];
        if (!TryRead(head, out var address))
        {
            return null;
        }

        var offset = address.AddressFamily == AddressFamily.InterNetwork ? MappedBits : 0;
        var bits = (Size * 8) - offset;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, null, out bits) || bits > (Size * 8) - offset))
        {
            return null;
        }

        var prefix = new byte[Size];
        return TryWrite(address, prefix) ? new AddressRange(prefix, offset + bits) : null;
    }

    private static bool IsPlain(ReadOnlySpan<char> text, IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 || text.SequenceEqual(address.ToString());

    private static bool TryWrite(IPAddress address, Span<byte> bytes)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return address.TryWriteBytes(bytes, out _);
        }

        bytes[..10].Clear();
        bytes[10..12].Fill(0xff);
        return address.AddressFamily == AddressFamily.InterNetwork && address.TryWriteBytes(bytes[12..], out _);
    }
}
