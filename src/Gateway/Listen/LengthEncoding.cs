using System.Text;

namespace Tollgate.Gateway.Listen;

/// <summary>Decodes the value of Content-Length: digits as they are, anything else so that no number can be read from it.</summary>
/// <remarks>
/// Kestrel reads "+5", "-0" and "5" with a vertical tab behind it as numbers, and others on the way do not (RFC 9110 section 8.6 allows digits only).
/// The text is gone when a request reaches us; how it is decoded is ours to say.
/// </remarks>
internal sealed class LengthEncoding : Encoding
{
    public static readonly LengthEncoding Instance = new();

    public override int GetByteCount(char[] chars, int index, int count) => count;

    public override int GetCharCount(byte[] bytes, int index, int count) => count;

    public override int GetMaxByteCount(int charCount) => charCount;

    public override int GetMaxCharCount(int byteCount) => byteCount;

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        Latin1.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

    // Kestrel offers 20 characters, which is what the largest number has; of a longer value one is enough to refuse it.
    public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        if (bytes.Length > chars.Length)
        {
            chars[0] = '?';
            return 1;
        }

        for (var i = 0; i < bytes.Length; i++)
        {
            chars[i] = char.IsAsciiDigit((char)bytes[i]) ? (char)bytes[i] : '?';
        }

        return bytes.Length;
    }
}
