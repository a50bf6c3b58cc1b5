using System.Numerics;

namespace Tollgate.Security.Jose;

/// <summary>The RSA public keys this product works with.</summary>
internal static class RsaKeyLimits
{
    // RFC 7518 section 3.3 asks for 2048 bits or more; past 8192 a verification costs more than a caller should make us pay.
    private const int MinimumBits = 2048;
    private const int MaximumBits = 8192;

    // Exponents in use are 3, 17 and 65537. The cost of verifying grows with this number, and some platforms take no longer ones.
    private const int MaximumExponentOctets = 4;

    /// <summary>What is wrong with these big-endian numbers, or <see cref="JwkFailure.None"/>.</summary>
    public static JwkFailure Check(ReadOnlySpan<byte> modulus, ReadOnlySpan<byte> exponent)
    {
        // RFC 7518 section 2, Base64urlUInt: the fewest octets that hold the number, or a key had several spellings and thumbprints.
        if (modulus.IsEmpty || exponent.IsEmpty || modulus[0] == 0 || exponent[0] == 0)
        {
            return JwkFailure.Malformed;
        }

        var bits = (modulus.Length * 8) - BitOperations.LeadingZeroCount((uint)modulus[0]) + 24;
        var exponentFits = exponent.Length <= MaximumExponentOctets && (exponent[^1] & 1) == 1 && (exponent.Length > 1 || exponent[0] >= 3);
        var modulusFits = bits is >= MinimumBits and <= MaximumBits && (modulus[^1] & 1) == 1;
        return exponentFits && modulusFits && !RocaFingerprint.Matches(modulus) ? JwkFailure.None : JwkFailure.WeakKey;
    }
}
