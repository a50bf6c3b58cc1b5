namespace Tollgate.Gateway.Listen.Tunnels;

/// <summary>Follows the frames of one direction (RFC 6455 section 5.2), to know where a frame of ours may stand. Payloads are skipped, not read.</summary>
internal struct FrameTracker
{
    private const byte Close = 8;

    private ulong _payload;
    private ulong _length;
    private int _head;
    private int _headLength;
    private byte _opcode;

    /// <summary>The last frame is whole and the next one has not begun.</summary>
    public readonly bool IsBetweenFrames => _head == 0 && _payload == 0;

    /// <summary>A close frame has passed; nothing may follow it.</summary>
    public bool HasClosed { get; private set; }

    public void Read(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_payload > 0)
            {
                var skipped = (int)Math.Min(_payload, (ulong)bytes.Length);
                _payload -= (ulong)skipped;
                bytes = bytes[skipped..];
                continue;
            }

            ReadHead(bytes[0]);
            bytes = bytes[1..];
        }
    }

    // Two bytes, then none, two or eight of length, then none or four of mask.
    private void ReadHead(byte next)
    {
        switch (_head++)
        {
            case 0:
                _opcode = (byte)(next & 0x0f);
                return;
            case 1:
                var length = next & 0x7f;
                var extended = length switch { 126 => 2, 127 => 8, _ => 0 };
                _length = extended == 0 ? (ulong)length : 0;
                _headLength = 2 + extended + ((next & 0x80) != 0 ? 4 : 0);
                break;
            case var at when at < 2 + LengthBytes:
                _length = (_length << 8) | next;
                break;
            default:
                break;
        }

        if (_head == _headLength)
        {
            HasClosed |= _opcode == Close;
            _payload = _length;
            _head = 0;
        }
    }

    private readonly int LengthBytes => _headLength switch { 4 or 8 => 2, 10 or 14 => 8, _ => 0 };
}
