namespace Tollgate.Security.Jose;

/// <summary>The three parts of a compact JWS, decoded (RFC 7515 section 7.1).</summary>
internal readonly ref struct CompactJws
{
    private CompactJws(ReadOnlySpan<byte> signed, Span<byte> buffer, int header, int payload, int signature)
    {
        Signed = signed;
        Header = buffer[..header];
        Payload = buffer.Slice(header, payload);
        Signature = buffer.Slice(header + payload, signature);
        Rest = buffer[(header + payload + signature)..];
    }

    /// <summary>What the signature is over: the first two parts as they stand in the token.</summary>
    public ReadOnlySpan<byte> Signed { get; }

    public ReadOnlySpan<byte> Header { get; }

    public ReadOnlySpan<byte> Payload { get; }

    public ReadOnlySpan<byte> Signature { get; }

    /// <summary>What the parts left of the buffer: more than the length of the token.</summary>
    public Span<byte> Rest { get; }

    /// <summary>Octets of buffer a token needs: three quarters of it for the parts, and as much again for names in one of them.</summary>
    public static int BufferLength(int tokenLength) => 2 * tokenLength;

    /// <summary>Splits and decodes; false unless there are three parts, none of them empty, in the one spelling they have.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> token, Span<byte> buffer, out CompactJws jws)
    {
        jws = default;
        var first = token.IndexOf((byte)'.');
        var second = first + 1 + token[(first + 1)..].IndexOf((byte)'.');

        // A dot in the third part is outside the alphabet. Empty payloads are lawful in a JWS, and no JWT has one.
        if (first <= 0 || second <= first + 1 || second == token.Length - 1
            || !StrictBase64Url.TryDecode(token[..first], buffer, out var header)
            || !StrictBase64Url.TryDecode(token[(first + 1)..second], buffer[header..], out var payload)
            || !StrictBase64Url.TryDecode(token[(second + 1)..], buffer[(header + payload)..], out var signature))
        {
            return false;
        }

        jws = new CompactJws(token[..second], buffer, header, payload, signature);
        return true;
    }
}
