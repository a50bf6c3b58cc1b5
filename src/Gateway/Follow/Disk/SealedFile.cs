using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Tollgate.Security.Secrets;

namespace Tollgate.Gateway.Follow.Disk;

/// <summary>The format of files on disk: a head with a random id, then frames under AES-GCM with a key for this file alone.</summary>
/// <remarks>
/// A frame's nonce is its number, unique because the key is the file's own (HKDF of the master key and the id). The number and the mark of
/// the last frame are authenticated, so that frames cannot be cut off, swapped or moved to another file without being noticed.
/// </remarks>
internal static class SealedFile
{
    public const int IdLength = 16;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int MostFrameLength = 64 * 1024 * 1024;

    private static ReadOnlySpan<byte> Magic => "TGATE1"u8;

    public static int HeadLength => Magic.Length + IdLength;

    public static byte[] WriteHead(Stream file)
    {
        var id = RandomNumberGenerator.GetBytes(IdLength);
        file.Write(Magic);
        file.Write(id);
        return id;
    }

    /// <summary>The file's id, or null when this is no such file.</summary>
    public static byte[]? ReadHead(Stream file)
    {
        var head = new byte[HeadLength];
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.AsSpan().StartsWith(Magic)
            ? head[Magic.Length..]
            : null;
    }

    public static AesGcm KeyOf(MasterKey masterKey, ReadOnlySpan<byte> id) =>
        new(masterKey.Derive("gateway-snapshot/" + Convert.ToHexStringLower(id)), TagLength);

    public static void WriteFrame(Stream file, AesGcm key, long number, bool last, ReadOnlySpan<byte> content)
    {
        var frame = new byte[sizeof(int) + content.Length + TagLength];
        BinaryPrimitives.WriteInt32LittleEndian(frame, content.Length);
        key.Encrypt(
            Nonce(number), content, frame.AsSpan(sizeof(int), content.Length), frame.AsSpan(^TagLength..), Authenticated(number, last));
        file.Write(frame);
    }

    /// <summary>The next frame's content; null at a clean end, <see cref="InvalidDataException"/> for anything that is not the frame expected.</summary>
    public static byte[]? ReadFrame(Stream file, AesGcm key, long number, out bool last)
    {
        last = false;
        var length = new byte[sizeof(int)];
        var read = file.ReadAtLeast(length, length.Length, throwOnEndOfStream: false);
        if (read == 0)
        {
            return null;
        }

        var size = BinaryPrimitives.ReadInt32LittleEndian(length);
        if (read < length.Length || size is < 0 or > MostFrameLength)
        {
            throw new InvalidDataException($"frame {number} is cut off or its length was changed");
        }

        var sealedContent = new byte[size + TagLength];
        if (file.ReadAtLeast(sealedContent, sealedContent.Length, throwOnEndOfStream: false) < sealedContent.Length)
        {
            throw new InvalidDataException($"frame {number} is cut off");
        }

        var content = new byte[size];
        foreach (var candidate in (bool[])[false, true])
        {
            if (TryOpen(key, number, candidate, sealedContent, content))
            {
                last = candidate;
                return content;
            }
        }

        throw new InvalidDataException($"frame {number} was changed, or made with another key");
    }

    private static bool TryOpen(AesGcm key, long number, bool last, byte[] sealedContent, byte[] content)
    {
        try
        {
            key.Decrypt(
                Nonce(number), sealedContent.AsSpan(..^TagLength), sealedContent.AsSpan(^TagLength..), content, Authenticated(number, last));
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    private static byte[] Nonce(long number)
    {
        var nonce = new byte[NonceLength];
        BinaryPrimitives.WriteInt64LittleEndian(nonce, number);
        return nonce;
    }

    private static byte[] Authenticated(long number, bool last) => Encoding.ASCII.GetBytes(last ? $"{number}:last" : $"{number}");
}
