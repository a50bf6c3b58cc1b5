namespace Tollgate.Gateway.Match;

/// <summary>The one spelling of a path that is matched, authorised and forwarded.</summary>
/// <remarks>
/// RFC 3986 section 6.2.2: percent-encoded unreserved characters are decoded, other encodings get capital digits. What a backend might read
/// differently than the gateway is refused: encoded slashes, backslashes, percent signs and control bytes, empty and dot segments, ';' parameters, and
/// ASCII in overlong UTF-8 (RFC 3629 section 3), which careless decoders read as the slash or dot that it spells.
/// </remarks>
internal static class CanonicalPath
{
    /// <summary>Writes the canonical form, which is never longer than the raw one. False when the path is refused.</summary>
    public static bool TryWrite(ReadOnlySpan<byte> raw, Span<byte> canonical, out int length)
    {
        length = 0;
        if (raw.IsEmpty || raw[0] != '/')
        {
            return false;
        }

        var segment = 0;
        byte before = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            var c = raw[i];
            if (c == '/')
            {
                // A leading slash opens the first segment; every later one ends a segment, which may not be empty or made of dots.
                if (length > 0 && !IsSegment(canonical[segment..length]))
                {
                    return false;
                }

                segment = length + 1;
            }
            else if (c == '%')
            {
                if (!TryDecode(raw[i..], out c) || IsOverlong(before, c))
                {
                    return false;
                }

                if (!IsUnreserved(c))
                {
                    before = c;
                    Encode(c, canonical[length..]);
                    length += 3;
                    i += 2;
                    continue;
                }

                i += 2;
            }
            else if (!IsAllowed(c))
            {
                return false;
            }

            before = c;
            canonical[length++] = c;
        }

        return IsLastSegment(canonical[segment..length]);
    }

    private static bool IsSegment(ReadOnlySpan<byte> segment) => segment.Length > 0 && IsLastSegment(segment);

    // The last segment may be empty: a path may end in a slash. Some file systems drop blanks around a name, so that these are dots still.
    private static bool IsLastSegment(ReadOnlySpan<byte> segment)
    {
        var blank = "%20"u8;
        while (segment.StartsWith(blank))
        {
            segment = segment[blank.Length..];
        }

        while (segment.EndsWith(blank))
        {
            segment = segment[..^blank.Length];
        }

        return !segment.SequenceEqual("."u8) && !segment.SequenceEqual(".."u8);
    }

    // Slash, backslash and control bytes (NUL and DEL among them) stay forbidden in their encoded form, and so does the percent sign
    // itself: a backend that decodes twice would see another path.
    private static bool TryDecode(ReadOnlySpan<byte> encoded, out byte c)
    {
        c = 0;
        if (encoded.Length < 3 || !char.IsAsciiHexDigit((char)encoded[1]) || !char.IsAsciiHexDigit((char)encoded[2]))
        {
            return false;
        }

        c = (byte)((Digit(encoded[1]) << 4) | Digit(encoded[2]));
        return c is > 0x1f and not (0x7f or (byte)'/' or (byte)'\\' or (byte)'%' or (byte)';');
    }

    // The lead bytes that only an overlong form has, and the second bytes that make one of E0 and F0.
    private static bool IsOverlong(byte before, byte c) =>
        c is 0xc0 or 0xc1 || (before == 0xe0 && c is >= 0x80 and < 0xa0) || (before == 0xf0 && c is >= 0x80 and < 0x90);

    private static int Digit(byte hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;

    private static void Encode(byte c, Span<byte> to)
    {
        to[0] = (byte)'%';
        to[1] = (byte)"0123456789ABCDEF"[c >> 4];
        to[2] = (byte)"0123456789ABCDEF"[c & 15];
    }

    private static bool IsUnreserved(byte c) => char.IsAsciiLetterOrDigit((char)c) || c is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~';

    // pchar of RFC 3986 section 3.3 without ';'.
    private static bool IsAllowed(byte c) =>
        IsUnreserved(c) || c is (byte)'!' or (byte)'$' or (byte)'&' or (byte)'\'' or (byte)'(' or (byte)')' or (byte)'*' or (byte)'+'
            or (byte)',' or (byte)'=' or (byte)':' or (byte)'@';
}
