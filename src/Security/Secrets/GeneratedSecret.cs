using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Tollgate.Security.Secrets;

/// <summary>Secrets that the product makes: 256 random bits, stored only as their SHA-256.</summary>
/// <remarks>A plain hash is enough because the input has full entropy; people's passwords go through PBKDF2 instead.</remarks>
public static class GeneratedSecret
{
    /// <summary>A new secret, 43 base64url characters.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>A new public identifier that cannot be guessed, 27 base64url characters (160 bits).</summary>
    public static string NewIdentifier() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(20));

    public static string Hash(string secret) => Hash(Encoding.UTF8.GetBytes(secret));

    public static string Hash(ReadOnlySpan<byte> secret) => Convert.ToHexStringLower(SHA256.HashData(secret));

    /// <summary>Compares in constant time.</summary>
    public static bool Matches(string candidate, string hash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(candidate)), Encoding.ASCII.GetBytes(hash));
}
