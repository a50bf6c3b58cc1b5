using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Tollgate.Security.Jose;

/// <summary>Base64url as RFC 7515 section 2 has it: every octet string has exactly one spelling.</summary>
internal static class StrictBase64Url
{
    private static readonly SearchValues<byte> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    /// <summary>Decodes text without padding, whitespace or left-over bits into the start of <paramref name="destination"/>.</summary>
    /// <remarks>
    /// The platform's decoder skips whitespace and takes padding ('=' and '%'), so the alphabet is checked first;
    /// an impossible length and non-zero trailing bits it refuses itself (a test holds it to that).
    /// </remarks>
    public static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = 0;
        return !text.ContainsAnyExcept(Alphabet)
            && Base64Url.DecodeFromUtf8(text, destination, out _, out written) == OperationStatus.Done;
    }

    /// <summary>The octets of a member of a key, or null where the text is not strict base64url.</summary>
    public static byte[]? Decode(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var octets = new byte[Base64Url.GetMaxDecodedLength(utf8.Length)];
        return TryDecode(utf8, octets, out var written) ? octets[..written] : null;
    }
}
