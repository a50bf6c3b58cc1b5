using System.Buffers;
using System.Text;

namespace Tollgate.Gateway.Transform;

/// <summary>The bytes of a request head, and of a small body behind it, as they are sent. Grows as needed; kept with a connection.</summary>
internal sealed class HeadBuffer
{
    private const int FirstSize = 4096;

    // A buffer that one large head has grown is not kept.
    private const int MostKept = 32 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstSize);

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > MostKept)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = ArrayPool<byte>.Shared.Rent(FirstSize);
        }
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Free(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Adds a text of the gateway's own, which is ASCII.</summary>
    public void Add(string text)
    {
        Ascii.FromUtf16(text, Free(text.Length), out var written);
        Length += written;
    }

    /// <summary>Adds a header line.</summary>
    public void AddLine(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var line = Free(name.Length + value.Length + 4);
        name.CopyTo(line);
        ": "u8.CopyTo(line[name.Length..]);
        value.CopyTo(line[(name.Length + 2)..]);
        "\r\n"u8.CopyTo(line[(name.Length + 2 + value.Length)..]);
        Length += name.Length + value.Length + 4;
    }

    /// <summary>At least so many bytes behind what is written; <see cref="Advance"/> says how many of them were used.</summary>
    public Span<byte> Free(int atLeast)
    {
        if (_bytes.Length - Length < atLeast)
        {
            Grow(atLeast);
        }

        return _bytes.AsSpan(Length);
    }

    public void Advance(int used) => Length += used;

    private void Grow(int atLeast)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, Length + atLeast));
        _bytes.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
