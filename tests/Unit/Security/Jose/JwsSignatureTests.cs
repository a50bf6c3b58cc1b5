using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Tollgate.Security.Jose;

namespace Tollgate.Unit.Security.Jose;

/// <summary>Forged, bent and foreign signatures.</summary>
public sealed class JwsSignatureTests
{
    private const string Payload = """{"sub":"ann","exp":1900000000}""";

    // SEC 2 section 2.4.2: the order of the base point of P-256.
    private static readonly BigInteger Order =
        BigInteger.Parse("0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", System.Globalization.NumberStyles.HexNumber);

    [Theory]
    [InlineData("spki")]
    [InlineData("pem")]
    [InlineData("jwk")]
    [InlineData("modulus")]
    public void Hmac_WithThePublicKeyForASecret_WrongAlgorithm(string form)
    {
        using var rsa = RSA.Create(new RSAParameters
        {
            Modulus = Forge.Rsa.Platform.First.ToArray(),
            Exponent = Forge.Rsa.Platform.Second.ToArray(),
        });
        var secret = form switch
        {
            "spki" => rsa.ExportSubjectPublicKeyInfo(),
            "pem" => Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()),
            "jwk" => Encoding.ASCII.GetBytes(JsonWebKeyTests.Json(Forge.Rsa)),
            _ => Forge.Rsa.Platform.First.ToArray(),
        };
        foreach ((var algorithm, var expected) in
            new[] { ("HS256", JwtOutcome.WrongAlgorithm), ("RS256", JwtOutcome.BadSignature) })
        {
            var input = $"{Forge.Encode($$"""{"alg":"{{algorithm}}","kid":"rsa"}""")}.{Forge.Encode(Payload)}";
            var mac = HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(input));

            Assert.Equal(expected, Forge.Verify($"{input}.{Base64Url.EncodeToString(mac)}").Outcome);
        }
    }

    [Theory]
    [InlineData(JwsAlgorithm.RS256)]
    [InlineData(JwsAlgorithm.PS256)]
    [InlineData(JwsAlgorithm.ES256)]
    public void Signature_OfAnotherKey_BadSignature(JwsAlgorithm algorithm)
    {
        var token = Forge.Token(JsonWebKey.Create(algorithm), Forge.Header(Forge.Key(algorithm)), Payload);

        Assert.Equal(JwtOutcome.BadSignature, Forge.Verify(token).Outcome);
    }

    [Theory]
    [InlineData(JwsAlgorithm.RS256)]
    [InlineData(JwsAlgorithm.PS256)]
    [InlineData(JwsAlgorithm.ES256)]
    public void Signature_OfAnotherLength_BadSignature(JwsAlgorithm algorithm)
    {
        var input = Input(algorithm);
        var good = Forge.Signature(Forge.Key(algorithm), input);
        byte[][] others = [good[1..], good[..^1], [0, .. good], [.. good, 0], [.. good, .. good], [0], new byte[512]];

        AssertVerified(input, good);
        Assert.All(others, other => AssertBad(input, other));
    }

    [Theory]
    [InlineData(JwsAlgorithm.RS256)]
    [InlineData(JwsAlgorithm.PS256)]
    public void RsaSignature_NotBelowTheModulus_BadSignature(JwsAlgorithm algorithm)
    {
        var input = Input(algorithm);
        var key = Forge.Key(algorithm);
        BigInteger modulus = new(key.Platform.First, isUnsigned: true, isBigEndian: true);
        BigInteger good = new(Forge.Signature(key, input), isUnsigned: true, isBigEndian: true);
        var ones = new byte[256];
        Array.Fill(ones, (byte)0xFF);

        AssertBad(input, key.Platform.First.ToArray());
        AssertBad(input, ones);
        AssertBad(input, new byte[256]);
        AssertBad(input, Octets(BigInteger.One, 256));
        AssertBad(input, Octets(modulus - 1, 256));

        // The same residue once more, where it still fits into as many octets.
        var twin = good + modulus;
        AssertBad(input, twin.GetByteCount(isUnsigned: true) <= 256 ? Octets(twin, 256) : Octets(twin, 257));
    }

    [Fact]
    public void PssSignature_ForRs256AndTheOtherWayRound_BadSignature()
    {
        AssertBad(Input(JwsAlgorithm.RS256), Forge.Signature(Forge.Pss, Input(JwsAlgorithm.RS256)));
        AssertBad(Input(JwsAlgorithm.PS256), Forge.Signature(Forge.Rsa, Input(JwsAlgorithm.PS256)));
    }

    [Fact]
    public void CurveSignature_OfZeros_BadSignature() => AssertBad(Input(JwsAlgorithm.ES256), new byte[64]);

    [Fact]
    public void CurveSignature_WithNumberOutOfRange_BadSignature()
    {
        var input = Input(JwsAlgorithm.ES256);
        var good = Forge.Signature(Forge.Curve, input);
        var highest = (BigInteger.One << 256) - 1;
        foreach (var number in new[] { BigInteger.Zero, Order, Order + 1, highest })
        {
            var octets = Octets(number, 32);
            AssertBad(input, [.. octets, .. good[32..]]);
            AssertBad(input, [.. good[..32], .. octets]);
            AssertBad(input, [.. octets, .. octets]);
        }

        AssertBad(input, [.. Octets(BigInteger.One, 32), .. Octets(BigInteger.One, 32)]);
        AssertBad(input, [.. Octets(Order - 1, 32), .. Octets(Order - 1, 32)]);
    }

    [Fact]
    public void CurveSignature_WithTheOppositeS_VerifiesToo()
    {
        // ECDSA itself has this twin and RFC 7518 does not forbid it, which is why tokens are told apart by jti.
        var input = Input(JwsAlgorithm.ES256);
        var good = Forge.Signature(Forge.Curve, input);
        var opposite = Order - new BigInteger(good.AsSpan(32), isUnsigned: true, isBigEndian: true);

        AssertVerified(input, [.. good[..32], .. Octets(opposite, 32)]);
    }

    [Fact]
    public void CurveSignature_InDer_BadSignature()
    {
        var input = Input(JwsAlgorithm.ES256);
        using var curve = ECDsa.Create();
        curve.ImportPkcs8PrivateKey(Forge.Curve.ExportPkcs8(), out _);
        var der = curve.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

        AssertBad(input, der);
        AssertBad(input, [.. der, .. new byte[64 - Math.Min(64, der.Length)]]);
        AssertBad(input, der[..64]);
    }

    [Fact]
    public void Token_MutatedAThousandTimes_AlwaysRefused()
    {
        Random random = new(20260101);
        foreach (var algorithm in Enum.GetValues<JwsAlgorithm>())
        {
            var token = Encoding.ASCII.GetBytes(Forge.Token(Forge.Key(algorithm), Forge.Header(Forge.Key(algorithm)), Payload));
            Assert.True(Forge.Verifier.Verify(token).IsVerified);
            for (var i = 0; i < 1000; i++)
            {
                var mutant = Mutate(token, random);
                if (!mutant.SequenceEqual(token))
                {
                    Assert.False(Forge.Verifier.Verify(mutant).IsVerified, Encoding.Latin1.GetString(mutant));
                }
            }
        }
    }

    /// <summary>Changes one octet, drops or doubles a stretch, swaps two octets, or puts an octet in.</summary>
    private static byte[] Mutate(byte[] token, Random random)
    {
        List<byte> mutant = [.. token];
        var at = random.Next(mutant.Count);
        var length = random.Next(1, 1 + Math.Min(40, mutant.Count - at));
        switch (random.Next(5))
        {
            case 0:
                mutant[at] = (byte)random.Next(256);
                break;
            case 1:
                mutant.RemoveRange(at, length);
                break;
            case 2:
                mutant.InsertRange(at, mutant.GetRange(at, length));
                break;
            case 3:
                var other = random.Next(mutant.Count);
                (mutant[at], mutant[other]) = (mutant[other], mutant[at]);
                break;
            default:
                mutant.Insert(at, "ABCxyz019-_."u8[random.Next(12)]);
                break;
        }

        return [.. mutant];
    }

    private static string Input(JwsAlgorithm algorithm) => $"{Forge.Encode(Forge.Header(Forge.Key(algorithm)))}.{Forge.Encode(Payload)}";

    private static byte[] Octets(BigInteger number, int length)
    {
        var octets = new byte[length];
        var digits = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        digits.CopyTo(octets, length - digits.Length);
        return octets;
    }

    private static void AssertVerified(string input, byte[] signature) =>
        Assert.True(Forge.Verify($"{input}.{Base64Url.EncodeToString(signature)}").IsVerified);

    private static void AssertBad(string input, byte[] signature) =>
        Assert.Equal(JwtOutcome.BadSignature, Forge.Verify($"{input}.{Base64Url.EncodeToString(signature)}").Outcome);
}
