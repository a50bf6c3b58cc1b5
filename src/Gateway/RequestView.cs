using System.Net;
using System.Text;

namespace Tollgate.Gateway;

/// <summary>What the stages see of a request: bytes only, so that any engine can supply it.</summary>
internal readonly ref struct RequestView
{
    /// <summary>Method as sent.</summary>
    public required ReadOnlySpan<byte> Method { get; init; }

    /// <summary>Canonical path, see <see cref="Match.CanonicalPath"/>; the very bytes that are matched, authorised and forwarded.</summary>
    public required ReadOnlySpan<byte> Path { get; init; }

    /// <summary>Query as sent, without its question mark.</summary>
    public ReadOnlySpan<byte> Query { get; init; }

    /// <summary>Host in lower case, without port.</summary>
    public required ReadOnlySpan<byte> Host { get; init; }

    public required HeaderLines Headers { get; init; }

    public required bool IsHttps { get; init; }

    /// <summary>Came over a port for WebSocket APIs, which serves nothing else.</summary>
    public bool IsOnWebSocketPort { get; init; }

    /// <summary>Address of the caller; <see cref="IPAddress.None"/> when it is not known.</summary>
    public required IPAddress ClientAddress { get; init; }

    /// <summary>The trusted proxy that asks for the caller; null when the caller is the peer.</summary>
    public IPAddress? Proxy { get; init; }

    /// <summary>Declared length of the body in bytes; 0 when there is none or it is chunked.</summary>
    public required long ContentLength { get; init; }

    /// <summary>Unix time in milliseconds, read once per request.</summary>
    public required long Now { get; init; }
}

/// <summary>Where a header line's name and value stand in the buffer of their request.</summary>
internal readonly record struct HeaderLine(int Name, int NameLength, int Value, int ValueLength);

/// <summary>A header line as read.</summary>
internal readonly ref struct HeaderField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
{
    public ReadOnlySpan<byte> Name { get; } = name;

    public ReadOnlySpan<byte> Value { get; } = value;
}

/// <summary>The header lines of a request.</summary>
internal readonly ref struct HeaderLines(ReadOnlySpan<byte> buffer, ReadOnlySpan<HeaderLine> lines)
{
    private readonly ReadOnlySpan<byte> _buffer = buffer;
    private readonly ReadOnlySpan<HeaderLine> _lines = lines;

    /// <summary>The value of the only line of this name. False when there is none; <paramref name="repeated"/> when there are several.</summary>
    public bool TryGetOnly(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value, out bool repeated)
    {
        value = default;
        repeated = false;
        var found = false;
        foreach (var line in _lines)
        {
            if (line.NameLength == name.Length && Ascii.EqualsIgnoreCase(_buffer.Slice(line.Name, line.NameLength), name))
            {
                repeated = found;
                found = true;
                value = _buffer.Slice(line.Value, line.ValueLength);
            }
        }

        return found;
    }

    /// <summary>True when a line of this name lists this element, between commas.</summary>
    public bool Lists(ReadOnlySpan<byte> name, ReadOnlySpan<byte> element)
    {
        foreach (var line in this)
        {
            if (!Ascii.EqualsIgnoreCase(line.Name, name))
            {
                continue;
            }

            foreach (var range in line.Value.Split((byte)','))
            {
                if (Ascii.EqualsIgnoreCase(line.Value[range].Trim(" \t"u8), element))
                {
                    return true;
                }
            }
        }

        return false;
    }

    public Enumerator GetEnumerator() => new(_buffer, _lines);

    /// <summary>Goes through the lines in their order.</summary>
    public ref struct Enumerator(ReadOnlySpan<byte> buffer, ReadOnlySpan<HeaderLine> lines)
    {
        private readonly ReadOnlySpan<byte> _buffer = buffer;
        private readonly ReadOnlySpan<HeaderLine> _lines = lines;
        private int _next;

        public readonly HeaderField Current
        {
            get
            {
                var line = _lines[_next - 1];
                return new HeaderField(_buffer.Slice(line.Name, line.NameLength), _buffer.Slice(line.Value, line.ValueLength));
            }
        }

        public bool MoveNext() => ++_next <= _lines.Length;
    }
}
