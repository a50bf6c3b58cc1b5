using Tollgate.Gateway.Listen.Tunnels;

namespace Tollgate.Unit.Gateway.Listen;

/// <summary>Where frames end, however the bytes come (RFC 6455 section 5.2).</summary>
public sealed class FrameTrackerTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(5, false)]
    [InlineData(125, true)]
    [InlineData(126, false)]
    [InlineData(65_535, true)]
    [InlineData(65_536, false)]
    [InlineData(70_000, true)]
    public void Read_AFrameByteByByte_IsBetweenFramesAtItsEndsOnly(int length, bool masked)
    {
        var tracker = default(FrameTracker);
        Assert.True(tracker.IsBetweenFrames);
        var frame = Frame(2, length, masked);
        for (var i = 0; i < frame.Length; i++)
        {
            tracker.Read(frame.AsSpan(i, 1));
            Assert.Equal(i == frame.Length - 1, tracker.IsBetweenFrames);
        }
    }

    [Fact]
    public void Read_ManyFramesInPiecesOfAnySize_EndsBetweenFrames()
    {
        byte[] stream = [.. Frame(1, 3, true), .. Frame(9, 0, true), .. Frame(0, 300, true), .. Frame(2, 70_000, false), .. Frame(10, 4, false)];
        foreach (var size in (int[])[1, 2, 3, 7, 1000, stream.Length])
        {
            var tracker = default(FrameTracker);
            foreach (var piece in stream.Chunk(size))
            {
                tracker.Read(piece);
            }

            Assert.True(tracker.IsBetweenFrames, $"pieces of {size}");
            Assert.False(tracker.HasClosed);
        }
    }

    [Fact]
    public void Read_ACloseFrame_HasClosed()
    {
        var tracker = default(FrameTracker);
        tracker.Read(Frame(1, 8, false));
        Assert.False(tracker.HasClosed);
        tracker.Read(Frame(8, 2, false));
        Assert.True(tracker.HasClosed);
        Assert.True(tracker.IsBetweenFrames);
    }

    [Fact]
    public void Read_ALengthThatIsNone_NeverComesToAnEnd()
    {
        var tracker = default(FrameTracker);
        tracker.Read([0x82, 127, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
        tracker.Read(new byte[100_000]);
        Assert.False(tracker.IsBetweenFrames);
    }

    // Payload bytes that look like the head of a close frame.
    private static byte[] Frame(byte opcode, int length, bool masked)
    {
        byte[] size = length switch
        {
            < 126 => [(byte)length],
            <= ushort.MaxValue => [126, (byte)(length >> 8), (byte)length],
            _ => [127, 0, 0, 0, 0, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length],
        };
        size[0] |= (byte)(masked ? 0x80 : 0);
        var payload = new byte[length];
        Array.Fill(payload, (byte)0x88);
        return [(byte)(0x80 | opcode), .. size, .. masked ? [1, 2, 3, 4] : Array.Empty<byte>(), .. payload];
    }
}
