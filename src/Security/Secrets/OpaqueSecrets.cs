using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Tollgate.Security.Secrets;

/// <summary>What an opaque secret is for; it passes for nothing else.</summary>
public enum OpaqueKind : byte
{
    ApiKey = 1,
    AccessToken = 2,
}

/// <summary>Secrets that mean something only to whoever stored their hash: 240 random bits and a short HMAC over them and their kind.</summary>
/// <remarks>The HMAC proves nothing but that we made it: what is made up, at random or on purpose, is refused without asking anyone.</remarks>
public sealed class OpaqueSecrets(byte[] key)
{
    private const int RandomSize = 30;
    private const int MacSize = 6;
    private const int Size = RandomSize + MacSize;

    /// <summary>Length as base64url text, without padding.</summary>
    public const int TextLength = Size / 3 * 4;

    /// <summary>The purpose that the key is derived for from the master key.</summary>
    public const string KeyPurpose = "opaque-secrets";

    public string New(OpaqueKind kind)
    {
        var bytes = new byte[Size];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, RandomSize));
        WriteMac(kind, bytes.AsSpan(0, RandomSize), bytes.AsSpan(RandomSize));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>True when a secret of this kind was made under this key.</summary>
    public bool IsGenuine(OpaqueKind kind, ReadOnlySpan<byte> text)
    {
        Span<byte> bytes = stackalloc byte[Size];
        if (text.Length != TextLength || Base64Url.DecodeFromUtf8(text, bytes, out _, out var written) != OperationStatus.Done || written != Size)
        {
            return false;
        }

        Span<byte> mac = stackalloc byte[MacSize];
        WriteMac(kind, bytes[..RandomSize], mac);
        return CryptographicOperations.FixedTimeEquals(mac, bytes[RandomSize..]);
    }

    public bool IsGenuine(OpaqueKind kind, string text) => text.Length == TextLength && IsGenuine(kind, Encoding.UTF8.GetBytes(text));

    private void WriteMac(OpaqueKind kind, ReadOnlySpan<byte> random, Span<byte> mac)
    {
        Span<byte> input = stackalloc byte[1 + RandomSize];
        input[0] = (byte)kind;
        random.CopyTo(input[1..]);
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, input, whole);
        whole[..MacSize].CopyTo(mac);
    }
}
