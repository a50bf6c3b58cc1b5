using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Tollgate.Security.Jose;

/// <summary>An RSA or P-256 key for signatures that is pinned to one algorithm (RFC 7517, RFC 8725 section 3.1).</summary>
/// <remarks>Immutable and safe for any number of threads.</remarks>
public sealed class JsonWebKey
{
    /// <summary>Longest kid in UTF-8, of keys and of tokens.</summary>
    internal const int KeyIdLimit = 256;

    private readonly byte[] _keyIdUtf8;

    internal JsonWebKey(PlatformKey platform, string? keyId)
    {
        Platform = platform;
        KeyId = keyId;
        _keyIdUtf8 = Encoding.UTF8.GetBytes(keyId ?? "");
        if (keyId is "" || _keyIdUtf8.Length > KeyIdLimit)
        {
            throw new ArgumentException($"A kid has 1 to {KeyIdLimit} octets.", nameof(keyId));
        }
    }

    /// <summary>The only algorithm this key verifies or signs with, whatever a token says.</summary>
    public JwsAlgorithm Algorithm => Platform.Algorithm;

    /// <summary>The kid tokens name this key by; null where it has none.</summary>
    public string? KeyId { get; }

    /// <summary>Whether this key can sign.</summary>
    public bool HasPrivateKey => Platform.HasPrivateKey;

    internal PlatformKey Platform { get; }

    internal ReadOnlySpan<byte> KeyIdUtf8 => _keyIdUtf8;

    /// <summary>Makes a fresh key pair, RSA of 2048 bits or P-256; the kid is the thumbprint unless one is given.</summary>
    public static JsonWebKey Create(JwsAlgorithm algorithm, string? keyId = null)
    {
        var platform = PlatformKey.Create(algorithm);
        return new JsonWebKey(platform, keyId ?? Thumbprint(platform));
    }

    /// <summary>Restores a key pair from what <see cref="ExportPkcs8"/> gave; the kid is the thumbprint unless one is given.</summary>
    /// <exception cref="CryptographicException">The octets are not a private key that fits the algorithm and the limits.</exception>
    public static JsonWebKey FromPkcs8(JwsAlgorithm algorithm, ReadOnlySpan<byte> pkcs8, string? keyId = null)
    {
        var platform = PlatformKey.FromPkcs8(algorithm, pkcs8);
        return new JsonWebKey(platform, keyId ?? Thumbprint(platform));
    }

    /// <summary>Reads a public key strictly; bad text is an answer, not an exception.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out JsonWebKey? key, out JwkFailure failure)
    {
        failure = JsonWebKeyReader.ReadKey(json, out key);
        return key is not null;
    }

    /// <summary>The private key as PKCS#8 in the clear; the caller encrypts it and wipes the array.</summary>
    public byte[] ExportPkcs8() =>
        HasPrivateKey ? Platform.Pkcs8.ToArray() : throw new InvalidOperationException("This key has no private half.");

    /// <summary>Writes the public half as a JWK object.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        var curve = Algorithm == JwsAlgorithm.ES256;
        writer.WriteStartObject();
        writer.WriteString("kty", curve ? "EC" : "RSA");
        if (KeyId is not null)
        {
            writer.WriteString("kid", KeyId);
        }

        writer.WriteString("use", "sig");
        writer.WriteString("alg", Algorithm.ToString());
        if (curve)
        {
            writer.WriteString("crv", "P-256");
        }

        writer.WriteString(curve ? "x" : "n", Base64Url.EncodeToString(Platform.First));
        writer.WriteString(curve ? "y" : "e", Base64Url.EncodeToString(Platform.Second));
        writer.WriteEndObject();
    }

    /// <summary>The SHA-256 thumbprint of the public half in base64url (RFC 7638).</summary>
    public string Thumbprint() => Thumbprint(Platform);

    /// <summary>Names the key and shows nothing of it.</summary>
    public override string ToString() => $"{Algorithm} key {KeyId}";

    private static string Thumbprint(PlatformKey key)
    {
        // RFC 7638 section 3.2: the required members only, in lexical order, without whitespace.
        var first = Base64Url.EncodeToString(key.First);
        var second = Base64Url.EncodeToString(key.Second);
        var json = key.Algorithm == JwsAlgorithm.ES256
            ? $$"""{"crv":"P-256","kty":"EC","x":"{{first}}","y":"{{second}}"}"""
            : $$"""{"e":"{{second}}","kty":"RSA","n":"{{first}}"}""";
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(json)));
    }
}
