using System.Security.Cryptography;
using System.Text;

namespace Tollgate.Security.Secrets;

/// <summary>The node's root secret: seals what must be read back and derives keys for single purposes.</summary>
/// <remarks>Every node of a deployment has the same master key; a check row in each database refuses a node with another one.</remarks>
public sealed class MasterKey
{
    private const int KeySize = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const byte FormatVersion = 1;

    private readonly byte[] _key;
    private readonly byte[] _sealKey;

    public MasterKey(ReadOnlySpan<byte> key)
    {
        if (key.Length < KeySize)
        {
            throw new ArgumentException($"A master key has at least {KeySize} bytes.", nameof(key));
        }

        _key = key.ToArray();
        _sealKey = Derive("seal");
    }

    /// <summary>A key for one purpose (HKDF-SHA256, RFC 5869); the purpose is the info string.</summary>
    public byte[] Derive(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, KeySize, salt: null, info: Encoding.UTF8.GetBytes("tollgate/" + purpose));

    /// <summary>Encrypts and authenticates. The context binds the result to its place, so that a sealed value cannot be moved to another row.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plaintext, string context)
    {
        var result = new byte[1 + NonceSize + plaintext.Length + TagSize];
        result[0] = FormatVersion;
        var nonce = result.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_sealKey, TagSize);
        aes.Encrypt(
            nonce, plaintext, result.AsSpan(1 + NonceSize, plaintext.Length), result.AsSpan(^TagSize..), Encoding.UTF8.GetBytes(context));
        return result;
    }

    /// <summary>The sealed plaintext, or null when the value was made with another key, for another place, or was changed.</summary>
    public byte[]? Open(ReadOnlySpan<byte> sealedValue, string context)
    {
        if (sealedValue.Length < 1 + NonceSize + TagSize || sealedValue[0] != FormatVersion)
        {
            return null;
        }

        var plaintext = new byte[sealedValue.Length - 1 - NonceSize - TagSize];
        using var aes = new AesGcm(_sealKey, TagSize);
        try
        {
            aes.Decrypt(
                sealedValue.Slice(1, NonceSize), sealedValue[(1 + NonceSize)..^TagSize], sealedValue[^TagSize..], plaintext,
                Encoding.UTF8.GetBytes(context));
            return plaintext;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
