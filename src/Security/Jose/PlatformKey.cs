using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Tollgate.Security.Jose;

/// <summary>The numbers of one key and what the platform's cryptography does with them.</summary>
/// <remarks>First and Second are n and e of an RSA key, or x and y of a P-256 point, big-endian as a JWK has them.</remarks>
internal sealed class PlatformKey
{
    private const int P256Octets = 32;

    private readonly byte[] _first;
    private readonly byte[] _second;
    private readonly byte[]? _pkcs8;
    private readonly KeyInstances _instances;

    private PlatformKey(JwsAlgorithm algorithm, byte[] first, byte[] second, byte[]? pkcs8)
    {
        Algorithm = algorithm;
        _first = first;
        _second = second;
        _pkcs8 = pkcs8;
        _instances = new KeyInstances(CreateInstance);
    }

    public JwsAlgorithm Algorithm { get; }

    public ReadOnlySpan<byte> First => _first;

    public ReadOnlySpan<byte> Second => _second;

    [MemberNotNullWhen(true, nameof(_pkcs8))]
    public bool HasPrivateKey => _pkcs8 is not null;

    public ReadOnlySpan<byte> Pkcs8 => _pkcs8;

    /// <summary>Length of every signature: r and s side by side (RFC 7518 section 3.4), or as long as the modulus (RFC 8017).</summary>
    public int SignatureLength => Algorithm == JwsAlgorithm.ES256 ? 2 * P256Octets : _first.Length;

    private RSASignaturePadding Padding => Algorithm == JwsAlgorithm.PS256 ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;

    public static PlatformKey Create(JwsAlgorithm algorithm)
    {
        using AsymmetricAlgorithm pair =
            algorithm == JwsAlgorithm.ES256 ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : RSA.Create(2048);
        return FromPair(algorithm, pair);
    }

    public static PlatformKey FromPkcs8(JwsAlgorithm algorithm, ReadOnlySpan<byte> pkcs8)
    {
        using AsymmetricAlgorithm pair = algorithm == JwsAlgorithm.ES256 ? ECDsa.Create() : RSA.Create();
        pair.ImportPkcs8PrivateKey(pkcs8, out var read);
        return read == pkcs8.Length ? FromPair(algorithm, pair) : throw Unusable();
    }

    /// <summary>Takes public numbers from outside, or says why not.</summary>
    public static JwkFailure FromPublic(JwsAlgorithm algorithm, byte[] first, byte[] second, out PlatformKey? key)
    {
        key = null;
        var failure = algorithm == JwsAlgorithm.ES256 ? CheckPoint(first, second) : RsaKeyLimits.Check(first, second);
        if (failure != JwkFailure.None)
        {
            return failure;
        }

        try
        {
            // The platform checks that the point is on the curve while it imports it.
            PlatformKey candidate = new(algorithm, first, second, pkcs8: null);
            candidate._instances.Return(candidate.CreateInstance());
            key = candidate;
            return JwkFailure.None;
        }
        catch (CryptographicException)
        {
            return JwkFailure.WeakKey;
        }
    }

    public bool Verify(ReadOnlySpan<byte> input, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureLength)
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, hash);
        var instance = _instances.Rent();
        try
        {
            return Algorithm == JwsAlgorithm.ES256
                ? BothHalvesCount(signature) && ((ECDsa)instance).VerifyHash(hash, signature)
                : ((RSA)instance).VerifyHash(hash, signature, HashAlgorithmName.SHA256, Padding);
        }
        catch (CryptographicException)
        {
            // OpenSSL answers false for every bad signature tried; another platform may say it with an exception.
            return false;
        }
        finally
        {
            _instances.Return(instance);
        }
    }

    /// <summary>Fills <paramref name="signature"/>, which has <see cref="SignatureLength"/>.</summary>
    public void Sign(ReadOnlySpan<byte> input, Span<byte> signature)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, hash);
        var instance = _instances.Rent();
        try
        {
            var signed = Algorithm == JwsAlgorithm.ES256
                ? ((ECDsa)instance).TrySignHash(hash, signature, out var _)
                : ((RSA)instance).TrySignHash(hash, signature, HashAlgorithmName.SHA256, Padding, out var _);
            if (!signed)
            {
                throw new CryptographicException("The platform could not sign.");
            }
        }
        finally
        {
            _instances.Return(instance);
        }
    }

    private static PlatformKey FromPair(JwsAlgorithm algorithm, AsymmetricAlgorithm pair)
    {
        var (first, second) = pair is ECDsa curve ? Point(curve) : Numbers((RSA)pair);

        // Curves have no name all platforms agree on, but a point of another one is not on P-256.
        return FromPublic(algorithm, first, second, out _) == JwkFailure.None
            ? new PlatformKey(algorithm, first, second, pair.ExportPkcs8PrivateKey())
            : throw Unusable();
    }

    private static (byte[] X, byte[] Y) Point(ECDsa curve)
    {
        var point = curve.ExportParameters(includePrivateParameters: false).Q;
        return (point.X!, point.Y!);
    }

    private static (byte[] Modulus, byte[] Exponent) Numbers(RSA rsa)
    {
        var numbers = rsa.ExportParameters(includePrivateParameters: false);
        return (numbers.Modulus!, numbers.Exponent!);
    }

    private static CryptographicException Unusable() =>
        new("Not one PKCS#8 private key that fits the algorithm: RSA of 2048 to 8192 bits, or P-256.");

    // RFC 7518 section 6.2.1.2: a coordinate always has the full length of the field.
    private static JwkFailure CheckPoint(byte[] x, byte[] y) =>
        x.Length == P256Octets && y.Length == P256Octets ? JwkFailure.None : JwkFailure.Malformed;

    /// <summary>Neither r nor s is zero: one platform took such a signature for any message (CVE-2022-21449).</summary>
    private static bool BothHalvesCount(ReadOnlySpan<byte> signature) =>
        signature[..P256Octets].ContainsAnyExcept((byte)0) && signature[P256Octets..].ContainsAnyExcept((byte)0);

    private AsymmetricAlgorithm CreateInstance()
    {
        if (HasPrivateKey)
        {
            AsymmetricAlgorithm pair = Algorithm == JwsAlgorithm.ES256 ? ECDsa.Create() : RSA.Create();
            pair.ImportPkcs8PrivateKey(_pkcs8, out _);
            return pair;
        }

        if (Algorithm == JwsAlgorithm.ES256)
        {
            ECPoint point = new() { X = _first, Y = _second };
            return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
        }

        return RSA.Create(new RSAParameters { Modulus = _first, Exponent = _second });
    }
}
