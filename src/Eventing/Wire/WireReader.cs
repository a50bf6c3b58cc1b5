using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Tollgate.Eventing.Wire;

/// <summary>Reads what others wrote and trusts none of it: a flaw is noted and everything after it reads as zero.</summary>
/// <remarks>A field that a part ends before reads as zero without a flaw: an older program did not know it yet.</remarks>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public bool IsFlawed { get; private set; }

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte()
    {
        if (_rest.IsEmpty)
        {
            return 0;
        }

        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public ulong Unsigned()
    {
        if (_rest.IsEmpty)
        {
            return 0;
        }

        var value = 0UL;
        for (var index = 0; index < _rest.Length && index < 10; index++)
        {
            value |= (ulong)(_rest[index] & 0x7F) << (7 * index);
            if (_rest[index] < 0x80)
            {
                _rest = _rest[(index + 1)..];
                return value;
            }
        }

        return Flaw();
    }

    public long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A number that cannot be negative.</summary>
    public long Count()
    {
        var value = Unsigned();
        return value <= long.MaxValue ? (long)value : (long)Flaw();
    }

    public double Double()
    {
        if (_rest.IsEmpty)
        {
            return 0;
        }

        if (_rest.Length < sizeof(double))
        {
            return Flaw();
        }

        var value = BinaryPrimitives.ReadDoubleLittleEndian(_rest);
        _rest = _rest[sizeof(double)..];
        return double.IsFinite(value) ? value : Flaw();
    }

    public string Text(int most)
    {
        var length = Unsigned();
        if (length > (ulong)_rest.Length || length > (ulong)most || !Utf8.IsValid(_rest[..(int)length]))
        {
            Flaw();
            return "";
        }

        var text = Encoding.UTF8.GetString(_rest[..(int)length]);
        _rest = _rest[(int)length..];
        return text;
    }

    /// <summary>A reader of the next part, which is flawed when there is none.</summary>
    public WireReader Part()
    {
        var isThere = !_rest.IsEmpty;
        var length = Unsigned();
        if (!isThere || length > (ulong)_rest.Length)
        {
            Flaw();
            return new WireReader { IsFlawed = true };
        }

        var part = new WireReader(_rest[..(int)length]);
        _rest = _rest[(int)length..];
        return part;
    }

    private ulong Flaw()
    {
        _rest = default;
        IsFlawed = true;
        return 0;
    }
}
