using System.Buffers.Binary;
using System.Text;

namespace Tollgate.Eventing.Wire;

/// <summary>Writes a message into one buffer that grows and is used again.</summary>
internal sealed class WireWriter
{
    // A part is under 2 MB.
    private const int LengthBytes = 3;

    private byte[] _buffer = new byte[4096];
    private int _length;

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    public int Length => _length;

    public void Clear() => _length = 0;

    public void Byte(byte value)
    {
        Reserve(1);
        _buffer[_length++] = value;
    }

    /// <summary>Seven bits a byte, lowest first.</summary>
    public void Unsigned(ulong value)
    {
        Reserve(10);
        for (; value >= 0x80; value >>= 7)
        {
            _buffer[_length++] = (byte)(value | 0x80);
        }

        _buffer[_length++] = (byte)value;
    }

    /// <summary>Small numbers of either sign are short.</summary>
    public void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    public void Double(double value)
    {
        Reserve(sizeof(double));
        BinaryPrimitives.WriteDoubleLittleEndian(_buffer.AsSpan(_length), value);
        _length += sizeof(double);
    }

    public void Text(string value)
    {
        Unsigned((ulong)Encoding.UTF8.GetByteCount(value));
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        Reserve(most);
        _length += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_length));
    }

    /// <summary>Begins a part whose length goes before it.</summary>
    public int BeginPart()
    {
        Reserve(LengthBytes);
        _length += LengthBytes;
        return _length;
    }

    /// <summary>False when the part is longer than that; it is taken back then.</summary>
    public bool EndPart(int start, int most)
    {
        var length = _length - start;
        if (length > most)
        {
            _length = start - LengthBytes;
            return false;
        }

        // Always as many bytes, so that nothing has to move: a varint may have leading zeros.
        _buffer[start - 3] = (byte)(length | 0x80);
        _buffer[start - 2] = (byte)((length >> 7) | 0x80);
        _buffer[start - 1] = (byte)(length >> 14);
        return true;
    }

    private void Reserve(int more)
    {
        if (_buffer.Length - _length < more)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + more));
        }
    }
}
