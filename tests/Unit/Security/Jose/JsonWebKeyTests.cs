using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tollgate.Security.Jose;

namespace Tollgate.Unit.Security.Jose;

/// <summary>Keys: what is read, what is refused and what is written.</summary>
public sealed class JsonWebKeyTests
{
    private static readonly string N = Base64Url.EncodeToString(Forge.Rsa.Platform.First);
    private static readonly string X = Base64Url.EncodeToString(Forge.Curve.Platform.First);
    private static readonly string Y = Base64Url.EncodeToString(Forge.Curve.Platform.Second);

    /// <summary>The public half as JSON text.</summary>
    public static string Json(JsonWebKey key)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            key.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    [Theory]
    [InlineData(JwsAlgorithm.RS256)]
    [InlineData(JwsAlgorithm.PS256)]
    [InlineData(JwsAlgorithm.ES256)]
    public void Key_WrittenAndParsed_VerifiesWhatThePrivateHalfSigned(JwsAlgorithm algorithm)
    {
        var pair = Forge.Key(algorithm);
        var key = Parse(Json(pair));

        Assert.Equal((pair.Algorithm, pair.KeyId, pair.Thumbprint()), (key.Algorithm, key.KeyId, key.Thumbprint()));
        Assert.False(key.HasPrivateKey);
        Assert.Equal(JwtOutcome.Verified, Forge.VerifySignature(Forge.Token(pair, Forge.Header(pair), "{}"), _ => key));
        Assert.Equal(Json(pair), Json(key));
    }

    [Theory]
    [InlineData(JwsAlgorithm.RS256, "kty kid use alg n e")]
    [InlineData(JwsAlgorithm.ES256, "kty kid use alg crv x y")]
    public void Json_OfPair_HasThePublicMembersOnly(JwsAlgorithm algorithm, string expected)
    {
        using var document = JsonDocument.Parse(Json(Forge.Key(algorithm)));

        Assert.Equal(expected.Split(' '), document.RootElement.EnumerateObject().Select(member => member.Name));
    }

    [Theory]
    [InlineData(JwsAlgorithm.RS256)]
    [InlineData(JwsAlgorithm.PS256)]
    [InlineData(JwsAlgorithm.ES256)]
    public void Pair_ThroughPkcs8_IsTheSameKey(JwsAlgorithm algorithm)
    {
        var pair = JsonWebKey.Create(algorithm);
        var restored = JsonWebKey.FromPkcs8(algorithm, pair.ExportPkcs8());
        var token = Forge.Token(restored, $$"""{"alg":"{{algorithm}}"}""", "{}");

        Assert.True(restored.HasPrivateKey);
        Assert.Equal(pair.Thumbprint(), pair.KeyId);
        Assert.Equal(Json(pair), Json(restored));
        Assert.Equal(JwtOutcome.Verified, Forge.VerifySignature(token, new JsonWebKeySet([pair]).Find));
    }

    [Fact]
    public void Pkcs8_ThatDoesNotFit_Refused()
    {
        using var small = RSA.Create(1024);
        using var otherCurve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var sameSize = ECDsa.Create(ECCurve.CreateFromValue("1.3.132.0.10")); // secp256k1

        Assert.Throws<CryptographicException>(() => JsonWebKey.FromPkcs8(JwsAlgorithm.RS256, small.ExportPkcs8PrivateKey()));
        Assert.Throws<CryptographicException>(() => JsonWebKey.FromPkcs8(JwsAlgorithm.ES256, otherCurve.ExportPkcs8PrivateKey()));
        Assert.Throws<CryptographicException>(() => JsonWebKey.FromPkcs8(JwsAlgorithm.ES256, sameSize.ExportPkcs8PrivateKey()));
        Assert.Throws<CryptographicException>(() => JsonWebKey.FromPkcs8(JwsAlgorithm.RS256, Forge.Curve.ExportPkcs8()));
        Assert.Throws<CryptographicException>(() => JsonWebKey.FromPkcs8(JwsAlgorithm.ES256, Forge.Rsa.ExportPkcs8()));
        Assert.Throws<CryptographicException>(() => JsonWebKey.FromPkcs8(JwsAlgorithm.RS256, [.. Forge.Rsa.ExportPkcs8(), 0]));
        Assert.Throws<CryptographicException>(() => JsonWebKey.FromPkcs8(JwsAlgorithm.RS256, []));
    }

    [Fact]
    public void Key_WithoutPrivateHalf_ExportsNothing() =>
        Assert.Throws<InvalidOperationException>(() => Parse(Json(Forge.Rsa)).ExportPkcs8());

    [Fact]
    public void Key_InText_ShowsOnlyItsName() => Assert.Equal("RS256 key rsa", Forge.Rsa.ToString());

    [Fact]
    public void KeyId_EmptyOrTooLong_Refused()
    {
        Assert.Throws<ArgumentException>(() => JsonWebKey.Create(JwsAlgorithm.ES256, ""));
        Assert.Throws<ArgumentException>(() => JsonWebKey.Create(JwsAlgorithm.ES256, new string('k', 257)));
    }

    [Fact]
    public void Algorithm_LeftOut_IsTheUsualOneOfTheType()
    {
        Assert.Equal(JwsAlgorithm.RS256, Parse($$"""{"kty":"RSA","n":"{{N}}","e":"AQAB"}""").Algorithm);
        Assert.Equal(JwsAlgorithm.ES256, Parse($$"""{"kty":"EC","crv":"P-256","x":"{{X}}","y":"{{Y}}"}""").Algorithm);
    }

    [Theory]
    [InlineData("\"use\":\"sig\"", JwkFailure.None)]
    [InlineData("\"use\":\"enc\"", JwkFailure.NotForVerification)]
    [InlineData("\"use\":\"\"", JwkFailure.NotForVerification)]
    [InlineData("\"use\":1", JwkFailure.Malformed)]
    [InlineData("\"key_ops\":[\"verify\"]", JwkFailure.None)]
    [InlineData("\"key_ops\":[\"sign\",\"verify\"]", JwkFailure.None)]
    [InlineData("\"key_ops\":[\"encrypt\"]", JwkFailure.NotForVerification)]
    [InlineData("\"key_ops\":[]", JwkFailure.NotForVerification)]
    [InlineData("\"key_ops\":\"verify\"", JwkFailure.Malformed)]
    [InlineData("\"key_ops\":[\"verify\",\"verify\"]", JwkFailure.Malformed)]
    [InlineData("\"key_ops\":[1]", JwkFailure.Malformed)]
    [InlineData("\"use\":\"sig\",\"key_ops\":[\"sign\"]", JwkFailure.NotForVerification)]
    [InlineData("\"alg\":\"PS256\"", JwkFailure.None)]
    [InlineData("\"alg\":\"RS512\"", JwkFailure.Unsupported)]
    [InlineData("\"alg\":\"none\"", JwkFailure.Unsupported)]
    [InlineData("\"alg\":\"HS256\"", JwkFailure.Unsupported)]
    [InlineData("\"alg\":\"ES256\"", JwkFailure.Inconsistent)]
    [InlineData("\"alg\":null", JwkFailure.Malformed)]
    [InlineData("\"crv\":\"P-256\"", JwkFailure.Inconsistent)]
    [InlineData("\"kid\":\"\"", JwkFailure.Malformed)]
    [InlineData("\"kid\":1", JwkFailure.Malformed)]
    [InlineData("\"kid\":\"\\ud800\"", JwkFailure.Malformed)]
    [InlineData("\"d\":\"AQAB\"", JwkFailure.PrivateKey)]
    [InlineData("\"p\":\"AQAB\"", JwkFailure.PrivateKey)]
    [InlineData("\"x5c\":[\"MIIB\"],\"x5t\":\"AA\",\"other\":{}", JwkFailure.None)]
    [InlineData("\"kty\":\"RSA\"", JwkFailure.Malformed)] // twice
    [InlineData("\"\\u006b\\u0074y\":\"RSA\"", JwkFailure.Malformed)] // twice
    [InlineData("\"a\":{\"b\":1,\"b\":1}", JwkFailure.Malformed)]
    public void RsaKey_WithMember_TakenOrRefused(string member, JwkFailure expected) =>
        AssertFailure(expected, $$"""{"kty":"RSA","n":"{{N}}","e":"AQAB",{{member}}}""");

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"kty\":1}")]
    [InlineData("{\"kty\":\"RSA\"}")]
    [InlineData("{\"kty\":\"EC\",\"crv\":\"P-256\"}")]
    [InlineData("{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"} x")]
    [InlineData("{\"kty\":\"RSA\",\"n\":\"A=\",\"e\":\"AQAB\"}")]
    public void Key_OfWrongShape_Malformed(string json) => AssertFailure(JwkFailure.Malformed, json);

    [Theory]
    [InlineData("AQ", JwkFailure.WeakKey)] // 1
    [InlineData("Ag", JwkFailure.WeakKey)] // 2
    [InlineData("Aw", JwkFailure.None)] // 3
    [InlineData("AQAA", JwkFailure.WeakKey)] // 65536
    [InlineData("_____w", JwkFailure.None)] // 2^32 - 1
    [InlineData("AQAAAAE", JwkFailure.WeakKey)] // 2^32 + 1
    [InlineData("AAEAAQ", JwkFailure.Malformed)] // leading zero
    [InlineData("AQAB=", JwkFailure.Malformed)]
    [InlineData("AQ AB", JwkFailure.Malformed)]
    [InlineData("AR", JwkFailure.Malformed)] // left-over bits
    [InlineData("", JwkFailure.Malformed)]
    public void RsaExponent_AtTheLimits_TakenOrRefused(string e, JwkFailure expected) =>
        AssertFailure(expected, $$"""{"kty":"RSA","n":"{{N}}","e":"{{e}}"}""");

    [Theory]
    [InlineData(1024, JwkFailure.WeakKey)]
    [InlineData(2047, JwkFailure.WeakKey)]
    [InlineData(2048, JwkFailure.None)]
    [InlineData(2049, JwkFailure.None)]
    [InlineData(8192, JwkFailure.None)]
    [InlineData(8193, JwkFailure.WeakKey)]
    public void RsaModulus_OfBits_TakenOrRefused(int bits, JwkFailure expected)
    {
        // 2^(bits-1) + 1: odd and of that length; nobody checks here that it is a product of two primes.
        var modulus = (BigInteger.One << (bits - 1)) + 1;

        AssertFailure(expected, RsaJson(modulus));
        AssertFailure(JwkFailure.WeakKey, RsaJson(modulus + 1));
    }

    [Fact]
    public void RsaModulus_WithLeadingZero_Malformed() =>
        AssertFailure(JwkFailure.Malformed, RsaJson([0, .. Forge.Rsa.Platform.First]));

    [Fact]
    public void RsaModulus_OfBrokenGenerator_WeakKey()
    {
        // A power of 65537 modulo every small prime, as all moduli of that generator are.
        var smallPrimes = BigInteger.One;
        for (var i = 3; i <= 167; i += 2)
        {
            smallPrimes *= BigInteger.GreatestCommonDivisor(smallPrimes, i) == 1 && IsPrime(i) ? i : 1;
        }

        var residue = BigInteger.ModPow(65537, 1234567, smallPrimes);
        var modulus = (((BigInteger.One << 2047) / smallPrimes) + 1) * smallPrimes + residue;

        AssertFailure(JwkFailure.WeakKey, RsaJson(modulus.IsEven ? modulus + smallPrimes : modulus));
        Assert.False(RocaFingerprint.Matches(Forge.Rsa.Platform.First));
    }

    [Fact]
    public void CurvePoint_OffTheCurveOrOfWrongLength_Refused()
    {
        string Key(string x, string y) => $$"""{"kty":"EC","crv":"P-256","x":"{{x}}","y":"{{y}}"}""";
        var zeros = Base64Url.EncodeToString(new byte[32]);

        AssertFailure(JwkFailure.None, Key(X, Y));
        AssertFailure(JwkFailure.WeakKey, Key(Y, X));
        AssertFailure(JwkFailure.WeakKey, Key(X, X));
        AssertFailure(JwkFailure.WeakKey, Key(zeros, zeros));
        AssertFailure(JwkFailure.Malformed, Key(X, ""));
        AssertFailure(JwkFailure.Malformed, Key(X, "AA"));
        AssertFailure(JwkFailure.Malformed, Key(X, Base64Url.EncodeToString([0, .. Forge.Curve.Platform.Second])));
        AssertFailure(JwkFailure.Malformed, Key(X + "=", Y));
    }

    [Theory]
    [InlineData("P-384", "ES256", JwkFailure.Unsupported)]
    [InlineData("P-256", "ES384", JwkFailure.Unsupported)]
    [InlineData("P-256", "RS256", JwkFailure.Inconsistent)]
    [InlineData("p-256", "ES256", JwkFailure.Unsupported)]
    public void CurveKey_OfOtherCurveOrAlgorithm_Refused(string curve, string algorithm, JwkFailure expected) =>
        AssertFailure(expected, $$"""{"kty":"EC","crv":"{{curve}}","alg":"{{algorithm}}","x":"{{X}}","y":"{{Y}}"}""");

    [Fact]
    public void Key_OverTheSizeLimit_TooLarge() =>
        AssertFailure(JwkFailure.TooLarge, $$"""{"kty":"RSA","n":"{{N}}","e":"AQAB","x":"{{new string('x', 40_000)}}"}""");

    [Fact]
    public void Key_RandomBytesAndCutJson_NeverThrows()
    {
        Random random = new(13);
        var json = Encoding.UTF8.GetBytes(Json(Forge.Curve).Replace("\"kid\":\"curve\"", """ "k\u0069d":"\ud83d\udd11" """));
        Assert.True(JsonWebKey.TryParse(json, out _, out _));
        for (var i = 0; i < 3_000; i++)
        {
            byte[] mutant = [.. json];
            mutant[random.Next(mutant.Length)] = (byte)random.Next(256);
            mutant = random.Next(4) == 0 ? mutant[..random.Next(mutant.Length)] : mutant;

            Assert.Equal(JsonWebKey.TryParse(mutant, out var key, out var failure), key is not null && failure == JwkFailure.None);
        }
    }

    private static string RsaJson(BigInteger modulus) => RsaJson(modulus.ToByteArray(isUnsigned: true, isBigEndian: true));

    private static string RsaJson(byte[] modulus) => $$"""{"kty":"RSA","n":"{{Base64Url.EncodeToString(modulus)}}","e":"AQAB"}""";

    private static bool IsPrime(int number) => Enumerable.Range(2, number - 2).All(divisor => number % divisor != 0);

    private static JsonWebKey Parse(string json)
    {
        Assert.True(JsonWebKey.TryParse(Encoding.UTF8.GetBytes(json), out var key, out var failure), failure.ToString());
        return key;
    }

    private static void AssertFailure(JwkFailure expected, string json)
    {
        var taken = JsonWebKey.TryParse(Encoding.UTF8.GetBytes(json), out var key, out var failure);

        Assert.Equal(expected, failure);
        Assert.Equal(expected == JwkFailure.None, taken);
        Assert.Equal(taken, key is not null);
    }
}
