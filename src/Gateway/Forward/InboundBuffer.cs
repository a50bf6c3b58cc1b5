using System.Buffers;

namespace Tollgate.Gateway.Forward;

/// <summary>What was received and not yet used. Small while a connection is idle or its responses are, wide while it relays a large one.</summary>
internal sealed class InboundBuffer
{
    private const int Small = 16 * 1024;
    private const int Wide = 64 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(Small);
    private int _start;
    private int _end;

    public ReadOnlySpan<byte> Unread => _bytes.AsSpan(_start, _end - _start);

    public ReadOnlyMemory<byte> UnreadMemory => _bytes.AsMemory(_start, _end - _start);

    public int Length => _end - _start;

    /// <summary>Where the next bytes go; never empty after <see cref="MakeRoom"/>.</summary>
    public Memory<byte> Free => _bytes.AsMemory(_end);

    /// <summary>The last bytes filled all there was: more are waiting.</summary>
    public bool IsFull => _end == _bytes.Length;

    public void Advance(int received) => _end += received;

    public void Use(int count) => _start += count;

    /// <summary>Moves what is unread to the front, and widens the buffer when that is all of it.</summary>
    public void MakeRoom()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_start > 0)
        {
            Unread.CopyTo(_bytes);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _bytes.Length)
        {
            Exchange(_bytes.Length * 2);
        }
    }

    public void Widen()
    {
        if (_bytes.Length < Wide)
        {
            Exchange(Wide);
        }
    }

    /// <summary>Between two responses.</summary>
    public void Reset()
    {
        _start = _end = 0;
        if (_bytes.Length > Small)
        {
            Exchange(Small);
        }
    }

    /// <summary>Gives the memory back; nothing may be receiving into it.</summary>
    public void Release()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _start = _end = 0;
    }

    private void Exchange(int size)
    {
        var other = ArrayPool<byte>.Shared.Rent(size);
        Unread.CopyTo(other);
        (_start, _end) = (0, _end - _start);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = other;
    }
}
