using System.Buffers;

namespace Tollgate.Gateway.Forward;

/// <summary>Copies bytes into the memory that a writer has.</summary>
internal static class Copying
{
    /// <remarks>BuffersExtensions.Write asks for no least size, and then Kestrel may hand out nothing at all.</remarks>
    public static void Copy(this IBufferWriter<byte> writer, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var free = writer.GetSpan(1);
            var count = Math.Min(free.Length, bytes.Length);
            bytes[..count].CopyTo(free);
            writer.Advance(count);
            bytes = bytes[count..];
        }
    }
}
