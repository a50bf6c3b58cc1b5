using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Tollgate.Security.Jose;

namespace Tollgate.Unit.Security.Jose;

/// <summary>The worked examples of RFC 7520 and its companions.</summary>
public sealed class JoseCookbookTests
{
    [Fact]
    public void RsaV15Example_PublishedToken_Verifies()
    {
        var example = TestData.Json("jose-cookbook/jws/4_1.rsa_v15_signature.json");
        var token = example.GetProperty("output").GetProperty("compact").GetString()!;
        var key = PrivateKey(example.GetProperty("input").GetProperty("key"));

        Assert.Equal(JwtOutcome.Verified, Forge.VerifySignature(token, new JsonWebKeySet([key]).Find));
    }

    [Fact]
    public void RsaV15Example_SignedAgain_GivesThePublishedToken()
    {
        var example = TestData.Json("jose-cookbook/jws/4_1.rsa_v15_signature.json");
        var key = PrivateKey(example.GetProperty("input").GetProperty("key"));
        var input = example.GetProperty("signing").GetProperty("sig-input").GetString()!;

        Assert.Equal(example.GetProperty("output").GetProperty("compact").GetString(), Forge.Sign(key, input));
    }

    [Fact]
    public void MultipleSignaturesExample_RsaSignatureOnItsOwn_VerifiesWithTheOnlyKey()
    {
        var example = TestData.Json("jose-cookbook/jws/4_8.multiple_signatures.json");
        var signing = example.GetProperty("signing")[0];
        var token = $"{signing.GetProperty("sig-input")}.{signing.GetProperty("sig")}";
        var key = PrivateKey(example.GetProperty("input").GetProperty("key")[0]);

        // Its kid is in the unprotected header, which a compact JWS does not have.
        Assert.Equal(JwtOutcome.Verified, Forge.VerifySignature(token, new JsonWebKeySet([key]).Find));
        Assert.Equal(JwtOutcome.UnknownKey, Forge.VerifySignature(token, new JsonWebKeySet([key, Forge.Rsa]).Find));
    }

    [Fact]
    public void Examples_OfOtherAlgorithms_Refused()
    {
        var tried = 0;
        foreach (var file in Directory.GetFiles(TestData.Path("jose-cookbook"), "*.json", SearchOption.AllDirectories))
        {
            var example = TestData.Json(file);
            if (example.TryGetProperty("output", out var output) && output.TryGetProperty("compact", out var compact)
                && example.GetProperty("input").GetProperty("alg").GetString() != "RS256")
            {
                // Whatever key the lookup offers.
                Assert.NotEqual(JwtOutcome.Verified, Forge.VerifySignature(compact.GetString()!, _ => Forge.Rsa));
                tried++;
            }
        }

        Assert.True(tried >= 4, $"{tried} examples");
    }

    [Theory]
    [InlineData("3_1.ec_public_key.json", JwkFailure.Unsupported)] // P-521
    [InlineData("3_2.ec_private_key.json", JwkFailure.Unsupported)] // P-521
    [InlineData("3_3.rsa_public_key.json", JwkFailure.None)]
    [InlineData("3_4.rsa_private_key.json", JwkFailure.PrivateKey)]
    [InlineData("3_5.symmetric_key_mac_computation.json", JwkFailure.Unsupported)]
    [InlineData("3_6.symmetric_key_encryption.json", JwkFailure.Unsupported)]
    public void JwkExample_Parsed_TakenOrRefusedByKind(string file, JwkFailure expected)
    {
        var taken = JsonWebKey.TryParse(File.ReadAllBytes(TestData.Path($"jose-cookbook/jwk/{file}")), out _, out var failure);

        Assert.Equal(expected, failure);
        Assert.Equal(expected == JwkFailure.None, taken);
    }

    /// <summary>Takes a private JWK, which the product itself refuses to read, through PKCS#8.</summary>
    private static JsonWebKey PrivateKey(JsonElement jwk)
    {
        byte[] Octets(string name) => Base64Url.DecodeFromChars(jwk.GetProperty(name).GetString());
        using var rsa = RSA.Create(new RSAParameters
        {
            Modulus = Octets("n"),
            Exponent = Octets("e"),
            D = Octets("d"),
            P = Octets("p"),
            Q = Octets("q"),
            DP = Octets("dp"),
            DQ = Octets("dq"),
            InverseQ = Octets("qi"),
        });
        return JsonWebKey.FromPkcs8(JwsAlgorithm.RS256, rsa.ExportPkcs8PrivateKey(), jwk.GetProperty("kid").GetString());
    }
}
