using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Tollgate.Gateway.Forward;

/// <summary>What came of looking at the bytes there are.</summary>
internal enum Parsed : byte
{
    NeedMore,
    Done,
    Refused,
}

/// <summary>Reads the head of a response, strictly and line by line as it arrives (RFC 9112 sections 4 to 6). Kept with its connection.</summary>
internal sealed class ResponseHead
{
    public const int MostBytes = 64 * 1024;
    public const int MostLines = 200;

    private ResponseLine[] _lines = new ResponseLine[16];
    private int _count;
    private int _countBefore;
    private int _bytes;
    private bool _hasStatus;
    private bool _isChanged;
    private bool _isVersion10;
    private bool _namesOthers;

    public int Status { get; private set; }

    /// <summary>-1 when the head has none.</summary>
    public long ContentLength { get; private set; } = -1;

    public bool IsChunked { get; private set; }

    /// <summary>The connection stays open after this response.</summary>
    public bool KeepsAlive { get; private set; }

    /// <summary>Which protocol a 101 leads to.</summary>
    public string? Upgrade { get; private set; }

    public Flaw Flaw { get; private set; }

    /// <summary>Part of a head has been read.</summary>
    public bool HasBegun => _bytes > 0;

    private bool IsInterim => Status < 200;

    /// <summary>Another head comes.</summary>
    public void Begin()
    {
        _countBefore = _count;
        _count = 0;
        _bytes = 0;
        _hasStatus = false;
        _isChanged = false;
        _namesOthers = false;
        ContentLength = -1;
        IsChunked = false;
        Upgrade = null;
        Flaw = Flaw.None;
    }

    /// <summary>Reads on; <paramref name="used"/> bytes belong to the head.</summary>
    public Parsed Read(ReadOnlySpan<byte> bytes, out int used)
    {
        used = 0;
        while (true)
        {
            var rest = bytes[used..];
            var end = rest.IndexOf((byte)'\n');
            if (end < 0)
            {
                return _bytes + rest.Length > MostBytes ? Refuse(Flaw.HeadTooLarge) : CouldBeLine(rest) ? Parsed.NeedMore : Refuse(Flaw.StatusLine);
            }

            used += end + 1;
            _bytes += end + 1;
            if (_bytes > MostBytes)
            {
                return Refuse(Flaw.HeadTooLarge);
            }

            if (end == 0 || rest[end - 1] != '\r')
            {
                return Refuse(Flaw.LineEnd);
            }

            var flaw = ReadLine(rest[..(end - 1)], out var isLast);
            if (flaw != Flaw.None)
            {
                return Refuse(flaw);
            }

            if (isLast)
            {
                return Complete();
            }
        }
    }

    /// <summary>Writes the header lines for the client, without those that end here.</summary>
    public void CopyTo(IHeaderDictionary headers)
    {
        for (var i = 0; i < _count; i++)
        {
            ref var line = ref _lines[i];
            if (line.Kind != LineKind.Passed || line.IsNamedByConnection)
            {
                continue;
            }

            if (line.IsRepeated)
            {
                headers.Append(line.Name, line.Value);
            }
            else
            {
                headers[line.Name] = new StringValues(line.Value);
            }
        }
    }

    // What does not begin like HTTP is refused at once instead of waiting for the end of a line that never comes.
    private bool CouldBeLine(ReadOnlySpan<byte> beginning)
    {
        var expected = "HTTP/1."u8;
        var known = Math.Min(beginning.Length, expected.Length);
        return _hasStatus || beginning[..known].SequenceEqual(expected[..known]);
    }

    private Flaw ReadLine(ReadOnlySpan<byte> line, out bool isLast)
    {
        isLast = false;
        if (!_hasStatus)
        {
            _hasStatus = true;
            return ReadStatus(line);
        }

        if (line.IsEmpty)
        {
            isLast = true;
            return Flaw.None;
        }

        if (_count == _lines.Length)
        {
            if (_count >= MostLines)
            {
                return Flaw.TooManyLines;
            }

            Array.Resize(ref _lines, Math.Min(_lines.Length * 2, MostLines));
        }

        ref var kept = ref _lines[_count];
        if (!kept.Is(line))
        {
            _isChanged = true;
            var flaw = kept.Read(line);
            if (flaw != Flaw.None)
            {
                return flaw == Flaw.HeaderValue && line.Contains((byte)'\r') ? Flaw.LineEnd : flaw;
            }
        }

        _count++;
        return kept.Kind == LineKind.Passed ? Flaw.None : Note(in kept);
    }

    // RFC 9112 section 4. The reason is nothing to the gateway, but must be made of what a reason is made of.
    private Flaw ReadStatus(ReadOnlySpan<byte> line)
    {
        if (line.Length < 12 || !line.StartsWith("HTTP/1."u8) || line[7] is not ((byte)'0' or (byte)'1') || line[8] != ' '
            || !char.IsAsciiDigit((char)line[9]) || !char.IsAsciiDigit((char)line[10]) || !char.IsAsciiDigit((char)line[11])
            || (line.Length > 12 && line[12] != ' '))
        {
            return Flaw.StatusLine;
        }

        Status = ((line[9] - '0') * 100) + ((line[10] - '0') * 10) + line[11] - '0';
        _isVersion10 = line[7] == '0';
        KeepsAlive = !_isVersion10;
        if (!HeaderSyntax.IsValue(line[12..]))
        {
            return line.Contains((byte)'\r') ? Flaw.LineEnd : Flaw.StatusLine;
        }

        return Status < 100 ? Flaw.StatusLine : Flaw.None;
    }

    private Flaw Note(in ResponseLine line)
    {
        switch (line.Kind)
        {
            case LineKind.ContentLength when ContentLength >= 0 && ContentLength != line.Number:
                return Flaw.ContentLength;
            case LineKind.ContentLength:
                ContentLength = line.Number;
                break;
            case LineKind.TransferEncoding when IsChunked || !line.Value.Equals("chunked", StringComparison.OrdinalIgnoreCase):
                return Flaw.TransferEncoding;
            case LineKind.TransferEncoding:
                IsChunked = true;
                break;
            case LineKind.Connection:
                NoteConnection(line.Value);
                break;
            case LineKind.Upgrade:
                Upgrade = line.Value;
                break;
        }

        return Flaw.None;
    }

    private void NoteConnection(string value)
    {
        if (value.Equals("keep-alive", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        _namesOthers = true;
        foreach (var range in value.AsSpan().Split(','))
        {
            if (value.AsSpan(range).Trim().Equals("close", StringComparison.OrdinalIgnoreCase))
            {
                KeepsAlive = false;
            }
        }
    }

    private Parsed Complete()
    {
        if (IsChunked && ContentLength >= 0)
        {
            return Refuse(Flaw.LengthAndEncoding);
        }

        // RFC 9112 section 6.1; HTTP/1.0 knows no encodings. An HTTP/1.0 connection is not kept: its keep-alive is an agreement we did not make.
        if (IsChunked && (IsInterim || Status == 204 || _isVersion10))
        {
            return Refuse(Flaw.TransferEncoding);
        }

        if (_isChanged || _count != _countBefore)
        {
            Compare();
        }

        return Parsed.Done;
    }

    // Only when a line changed: the same lines repeat each other, and are named by Connection, as they were before.
    private void Compare()
    {
        for (var i = 0; i < _count; i++)
        {
            ref var line = ref _lines[i];
            line.IsRepeated = false;
            line.IsNamedByConnection = _namesOthers && IsNamed(line.Name);
            for (var before = 0; before < i && !line.IsRepeated; before++)
            {
                line.IsRepeated = _lines[before].Name.Length == line.Name.Length
                    && _lines[before].Name.Equals(line.Name, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    // RFC 9110 section 7.6.1.
    private bool IsNamed(string name)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_lines[i].Kind != LineKind.Connection)
            {
                continue;
            }

            foreach (var range in _lines[i].Value.AsSpan().Split(','))
            {
                if (_lines[i].Value.AsSpan(range).Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private Parsed Refuse(Flaw flaw)
    {
        Flaw = flaw;
        KeepsAlive = false;
        return Parsed.Refused;
    }
}
