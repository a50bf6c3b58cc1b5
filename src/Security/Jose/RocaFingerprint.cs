using System.Numerics;

namespace Tollgate.Security.Jose;

/// <summary>Recognises RSA moduli of the generator whose keys can be factored (CVE-2017-15361, known as ROCA).</summary>
internal static class RocaFingerprint
{
    // That generator made primes of the form k*M + (65537^a mod M), M a product of the first primes, so a modulus of it is a
    // power of 65537 modulo each of them. These are the primes up to 167 where 65537 does not generate every residue, the only
    // ones that tell anything; a sound modulus passes for such a one about once in 2^28.
    private static readonly int[] TellingPrimes = [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157];

    public static bool Matches(ReadOnlySpan<byte> modulus)
    {
        BigInteger number = new(modulus, isUnsigned: true, isBigEndian: true);
        foreach (var prime in TellingPrimes)
        {
            if (!IsPowerOf65537((int)(number % prime), prime))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsPowerOf65537(int residue, int prime)
    {
        var power = 1;
        do
        {
            if (power == residue)
            {
                return true;
            }

            power = power * (65537 % prime) % prime;
        }
        while (power != 1);

        return false;
    }
}
