namespace Tollgate.Gateway.Follow.Conditions;

/// <summary>Text of a query as forms encode it: '+' is a blank, '%' and two hexadecimal digits a byte.</summary>
internal static class QueryText
{
    /// <summary>Decodes as much as the buffer takes; what is no encoding stands for itself.</summary>
    public static int Decode(ReadOnlySpan<byte> text, Span<byte> buffer)
    {
        var length = 0;
        for (var i = 0; i < text.Length && length < buffer.Length; i++)
        {
            var next = text[i];
            if (next == (byte)'%' && i + 2 < text.Length && char.IsAsciiHexDigit((char)text[i + 1]) && char.IsAsciiHexDigit((char)text[i + 2]))
            {
                next = (byte)((Digit(text[i + 1]) << 4) | Digit(text[i + 2]));
                i += 2;
            }
            else if (next == (byte)'+')
            {
                next = (byte)' ';
            }

            buffer[length++] = next;
        }

        return length;
    }

    private static int Digit(byte hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
