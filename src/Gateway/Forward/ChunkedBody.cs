using System.Buffers;

namespace Tollgate.Gateway.Forward;

/// <summary>Takes the chunks of a body apart, strictly (RFC 9112 section 7.1). Looks at whole lines only: the caller keeps what was not used.</summary>
internal struct ChunkedBody
{
    /// <summary>Longest line with a chunk's size and extensions.</summary>
    public const int MostSizeLine = 256;

    /// <summary>Longest trailer section.</summary>
    public const int MostTrailerBytes = 8 * 1024;

    // Extensions are read by nobody; many of them only cost.
    private const int MostExtensionBytes = 8 * 1024;
    private const int MostTrailers = 64;
    private const int MostDigits = 15;

    private Place _place;
    private long _left;
    private int _extensionBytes;
    private int _trailerBytes;

    private enum Place : byte
    {
        Size,
        Data,
        DataEnd,
        Trailers,
        End,
    }

    /// <summary>Fields behind the last chunk; null when there are none.</summary>
    public List<(string Name, string Value)>? Trailers { get; private set; }

    public Flaw Flaw { get; private set; }

    /// <summary>Reads on, writes data to the output; <paramref name="used"/> bytes are done with.</summary>
    public Parsed Read(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output, out int used)
    {
        used = 0;
        while (_place != Place.End)
        {
            var rest = bytes[used..];
            if (_place == Place.Data)
            {
                if (rest.IsEmpty)
                {
                    return Parsed.NeedMore;
                }

                var count = (int)Math.Min(_left, rest.Length);
                output.Copy(rest[..count]);
                used += count;
                _left -= count;
                _place = _left == 0 ? Place.DataEnd : Place.Data;
                continue;
            }

            var end = rest.IndexOf((byte)'\n');
            if (end < 0)
            {
                return IsTooLong(rest.Length) ? Refuse(LineFlaw) : Parsed.NeedMore;
            }

            used += end + 1;
            var flaw = end == 0 || rest[end - 1] != '\r' || IsTooLong(end) ? LineFlaw : ReadLine(rest[..(end - 1)]);
            if (flaw != Flaw.None)
            {
                return Refuse(flaw);
            }
        }

        return Parsed.Done;
    }

    private readonly Flaw LineFlaw => _place switch { Place.Size => Flaw.ChunkSize, Place.DataEnd => Flaw.ChunkEnd, _ => Flaw.Trailer };

    private readonly bool IsTooLong(int length) => _place switch
    {
        Place.Size => length > MostSizeLine,
        Place.DataEnd => length > 1,
        _ => _trailerBytes + length > MostTrailerBytes,
    };

    private Flaw ReadLine(ReadOnlySpan<byte> line)
    {
        switch (_place)
        {
            case Place.Size:
                return ReadSize(line);
            case Place.DataEnd:
                _place = Place.Size;
                return line.IsEmpty ? Flaw.None : Flaw.ChunkEnd;
            default:
                return ReadTrailer(line);
        }
    }

    private Flaw ReadSize(ReadOnlySpan<byte> line)
    {
        var digits = line.IndexOf((byte)';');
        if (digits >= 0)
        {
            _extensionBytes += line.Length - digits;
            if (_extensionBytes > MostExtensionBytes || !HeaderSyntax.IsValue(line[digits..]))
            {
                return Flaw.ChunkExtension;
            }
        }

        var size = digits < 0 ? line : line[..digits];
        if (size.IsEmpty || size.Length > MostDigits)
        {
            return Flaw.ChunkSize;
        }

        _left = 0;
        foreach (var digit in size)
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return Flaw.ChunkSize;
            }

            _left = (_left * 16) + (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        _place = _left == 0 ? Place.Trailers : Place.Data;
        return Flaw.None;
    }

    private Flaw ReadTrailer(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
        {
            _place = Place.End;
            return Flaw.None;
        }

        _trailerBytes += line.Length + 2;
        var field = default(ResponseLine);
        if (field.Read(line) != Flaw.None || Trailers is { Count: >= MostTrailers })
        {
            return Flaw.Trailer;
        }

        // RFC 9110 section 6.5.1: what frames or routes a message means nothing behind it.
        if (field.Kind == LineKind.Passed && !field.Name.Equals("Host", StringComparison.OrdinalIgnoreCase))
        {
            (Trailers ??= []).Add((field.Name, field.Value));
        }

        return Flaw.None;
    }

    private Parsed Refuse(Flaw flaw)
    {
        Flaw = flaw;
        return Parsed.Refused;
    }
}
