using System.Text;

namespace Tollgate.Gateway.Forward;

/// <summary>What a header line of a response is to the gateway.</summary>
internal enum LineKind : byte
{
    /// <summary>Goes on to the client.</summary>
    Passed,
    ContentLength,
    TransferEncoding,
    Connection,

    /// <summary>Says what an upgrade leads to.</summary>
    Upgrade,

    /// <summary>Ends at this hop.</summary>
    HopByHop,
}

/// <summary>A header line of a response, kept until the next response of the connection has another one in its place.</summary>
/// <remarks>Most lines of a backend's responses are the same each time: comparing bytes is cheaper than making two strings again.</remarks>
internal struct ResponseLine
{
    // Longer lines (cookies, policies) are read anew each time: a connection does not hold on to them.
    private const int MostKept = 512;

    private byte[]? _bytes;
    private int _length;

    public string Name { get; private set; }

    public string Value { get; private set; }

    public LineKind Kind { get; private set; }

    /// <summary>The number of a Content-Length.</summary>
    public long Number { get; private set; }

    /// <summary>An earlier line of the same head has this name: the values are joined.</summary>
    public bool IsRepeated { get; set; }

    /// <summary>The head's Connection header names this one.</summary>
    public bool IsNamedByConnection { get; set; }

    public readonly bool Is(ReadOnlySpan<byte> line) => line.Length == _length && line.SequenceEqual(_bytes.AsSpan(0, _length));

    /// <summary>Reads a line without its line end; what is wrong with it, if anything.</summary>
    public Flaw Read(ReadOnlySpan<byte> line)
    {
        _length = 0;
        IsRepeated = false;
        IsNamedByConnection = false;
        if (line[0] is (byte)' ' or (byte)'\t')
        {
            return Flaw.FoldedLine;
        }

        var colon = line.IndexOf((byte)':');
        if (colon < 0 || !HeaderSyntax.IsName(line[..colon]))
        {
            return Flaw.HeaderName;
        }

        var value = line[(colon + 1)..].Trim(" \t"u8);
        if (!HeaderSyntax.IsValue(value))
        {
            return Flaw.HeaderValue;
        }

        Name = Encoding.ASCII.GetString(line[..colon]);
        Value = Encoding.Latin1.GetString(value);
        Kind = KindOf(Name);
        if (Kind == LineKind.ContentLength && !TryReadLength(value))
        {
            return Flaw.ContentLength;
        }

        Keep(line);
        return Flaw.None;
    }

    private void Keep(ReadOnlySpan<byte> line)
    {
        if (line.Length > MostKept)
        {
            return;
        }

        if (_bytes is null || _bytes.Length < line.Length)
        {
            _bytes = new byte[(line.Length + 31) & ~31];
        }

        line.CopyTo(_bytes);
        _length = line.Length;
    }

    // RFC 9110 section 8.6: digits and nothing else; a list, even of equal numbers, is refused.
    private bool TryReadLength(ReadOnlySpan<byte> digits)
    {
        const int MostDigits = 18;
        Number = 0;
        if (digits.IsEmpty || digits.Length > MostDigits)
        {
            return false;
        }

        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            Number = (Number * 10) + digit - '0';
        }

        return true;
    }

    private static LineKind KindOf(string name) => name.Length switch
    {
        7 when Is(name, "Upgrade") => LineKind.Upgrade,
        7 when Is(name, "Trailer") => LineKind.HopByHop,
        10 when Is(name, "Connection") => LineKind.Connection,
        10 when Is(name, "Keep-Alive") => LineKind.HopByHop,
        14 when Is(name, "Content-Length") => LineKind.ContentLength,
        16 when Is(name, "Proxy-Connection") => LineKind.HopByHop,
        17 when Is(name, "Transfer-Encoding") => LineKind.TransferEncoding,
        18 when Is(name, "Proxy-Authenticate") => LineKind.HopByHop,
        _ => LineKind.Passed,
    };

    private static bool Is(string name, string known) => name.Equals(known, StringComparison.OrdinalIgnoreCase);
}
