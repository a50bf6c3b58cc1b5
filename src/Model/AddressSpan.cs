using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Tollgate.Model;

/// <summary>IP addresses between two, both included. IPv4 addresses count as the IPv6 addresses they map to (RFC 4291 section 2.5.5.2).</summary>
public readonly record struct AddressSpan(UInt128 First, UInt128 Last)
{
    private const ulong MappedPrefix = 0xFFFF_0000_0000;

    public bool Contains(UInt128 address) => address >= First && address <= Last;

    /// <summary>The address as a number; an IPv4 address and its mapped form have the same one.</summary>
    public static UInt128 NumberOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        return address.TryWriteBytes(bytes, out var length) && length == 4
            ? MappedPrefix | BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>The address as rules of the field write it: an IPv4 address, also a mapped one, as its own 32 bits.</summary>
    public static UInt128 PlainNumberOf(IPAddress address)
    {
        var number = NumberOf(address);
        return number >> 32 == MappedPrefix >> 32 ? (uint)number : number;
    }

    /// <summary>Reads <c>address</c> or <c>first-last</c> as <see cref="Normal"/> writes addresses.</summary>
    public static AddressSpan Parse(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var first = NumberOf(IPAddress.Parse(dash < 0 ? text : text[..dash]));
        return new AddressSpan(first, dash < 0 ? first : NumberOf(IPAddress.Parse(text[(dash + 1)..])));
    }

    /// <summary>The one spelling of an address that somebody wrote, or a refusal that names the field.</summary>
    public static string Checked(string? text, string field, int code = 400) =>
        Normal(text)?.ToString() ?? throw Refusal.BadRequest($"{field} '{text}' is not an IP address like 192.0.2.7 or 2001:db8::7.", code);

    /// <summary>Two addresses of one kind as <see cref="Parse"/> reads them, the lower one first; or a refusal.</summary>
    public static string Checked(string? first, string? last, string firstField, string lastField, int code = 400)
    {
        var text = $"{Checked(first, firstField, code)}-{Checked(last, lastField, code)}";
        var range = Parse(text);
        return range.First <= range.Last && first!.Contains(':', StringComparison.Ordinal) == last!.Contains(':', StringComparison.Ordinal)
            ? text
            : throw Refusal.BadRequest($"{firstField} and {lastField} are of one kind (IPv4 or IPv6), and {firstField} is not above {lastField}.", code);
    }

    /// <summary>The one spelling of an address, or null for what is none. "1", "010.0.0.1" and zones name no address that a caller has.</summary>
    public static IPAddress? Normal(string? text) =>
        !IPAddress.TryParse(text, out var address) || text.Contains('%', StringComparison.Ordinal) ? null
        : address.AddressFamily == AddressFamily.InterNetwork ? address.ToString() == text ? address : null
        : address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : address;
}
