using System.Text;
using Tollgate.Security.Jose;

namespace Tollgate.Unit.Security.Jose;

/// <summary>The protected header: what is listened to, what is ignored and what refuses the token.</summary>
public sealed class JwsHeaderTests
{
    private const string Payload = """{"sub":"ann"}""";

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("nOnE")]
    [InlineData("NONE")]
    [InlineData("HS256")]
    [InlineData("HS512")]
    [InlineData("RS384")]
    [InlineData("ES384")]
    [InlineData("EdDSA")]
    [InlineData("rs256")]
    [InlineData("RS256 ")]
    [InlineData("RS256\\u0000")]
    public void Algorithm_NotOfThisProduct_WrongAlgorithm(string algorithm)
    {
        var token = Forge.Token(Forge.Rsa, $$"""{"alg":"{{algorithm}}","kid":"rsa"}""", Payload);

        Assert.Equal(JwtOutcome.WrongAlgorithm, Forge.Verify(token).Outcome);
    }

    [Theory]
    [InlineData("PS256", "rsa")]
    [InlineData("ES256", "rsa")]
    [InlineData("RS256", "pss")]
    [InlineData("RS256", "curve")]
    public void Algorithm_NotTheKeys_WrongAlgorithm(string algorithm, string keyId)
    {
        var signer = Forge.Key(Enum.Parse<JwsAlgorithm>(algorithm));
        var token = Forge.Token(signer, $$"""{"alg":"{{algorithm}}","kid":"{{keyId}}"}""", Payload);

        Assert.Equal(JwtOutcome.WrongAlgorithm, Forge.Verify(token).Outcome);
    }

    [Theory]
    [InlineData("""{"kid":"rsa"}""")] // no alg
    [InlineData("""{"alg":"","kid":"rsa"}""")]
    [InlineData("""{"alg":null,"kid":"rsa"}""")]
    [InlineData("""{"alg":256,"kid":"rsa"}""")]
    [InlineData("""{"alg":["RS256"],"kid":"rsa"}""")]
    [InlineData("""{"alg":{"alg":"RS256"},"kid":"rsa"}""")]
    [InlineData("""{"alg":"RS256 but much longer than any","kid":"rsa"}""")]
    [InlineData("""{"alg":"RS256","kid":1}""")]
    [InlineData("""{"alg":"RS256","kid":null}""")]
    [InlineData("""{"alg":"RS256","kid":""}""")]
    [InlineData("""{"alg":"RS256","kid":["rsa"]}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa","typ":1}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa","typ":null}""")]
    [InlineData("""{"alg":"RS256","kid":"\ud800"}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa","typ":"\udc00"}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa","\ud800":1}""")]
    public void Member_MissingOrOfWrongType_Malformed(string header) => AssertOutcome(JwtOutcome.Malformed, header);

    [Theory]
    [InlineData("""{"alg":"RS256","kid":"rsa","alg":"RS256"}""")]
    [InlineData("""{"alg":"none","alg":"RS256","kid":"rsa"}""")]
    [InlineData("""{"alg":"RS256","\u0061lg":"RS256","kid":"rsa"}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa","k\u0069d":"rsa"}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa","typ":"JWT","typ":"JWT"}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa","x":1,"x":1}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa","":1,"":1}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa","\/":1,"/":1}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa","jwk":{"n":1,"n":2}}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa","a":[{"b":{}},{"b":{"c":1,"d":{"c":1},"\u0063":2}}]}""")]
    public void Member_Twice_Malformed(string header) => AssertOutcome(JwtOutcome.Malformed, header);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"alg\"")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("""{"alg":"RS256","kid":"rsa" """)]
    [InlineData("""{"alg":"RS256","kid":"rsa",}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa"}{}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa"} x""")]
    [InlineData("""{"alg":"RS256","kid":"rsa"/**/}""")]
    [InlineData("""{'alg':'RS256','kid':'rsa'}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa","x":01}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa","x":tru}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa","x":[}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa","x":"\q"}""")]
    [InlineData("\ufeff{\"alg\":\"RS256\",\"kid\":\"rsa\"}")]
    public void Header_NotOneJsonObject_Malformed(string header) =>
        Assert.Equal(JwtOutcome.Malformed, Forge.Verify(Forge.Sign(Forge.Rsa, $"{Forge.Encode(header)}.{Forge.Encode(Payload)}")).Outcome);

    [Fact]
    public void Header_NotUtf8_Malformed()
    {
        byte[] header = [.. """{"alg":"RS256","kid":"rsa","x":"""u8, (byte)'"', 0xC3, 0x28, (byte)'"', (byte)'}'];
        var input = $"{System.Buffers.Text.Base64Url.EncodeToString(header)}.{Forge.Encode(Payload)}";

        Assert.Equal(JwtOutcome.Malformed, Forge.Verify(Forge.Sign(Forge.Rsa, input)).Outcome);
    }

    [Fact]
    public void Header_NestedTooDeep_Malformed() =>
        AssertOutcome(
            JwtOutcome.Malformed,
            $$"""{"alg":"RS256","kid":"rsa","x":{{new string('[', 500)}}{{new string(']', 500)}}}""");

    [Fact]
    public void Header_OfManyMembers_Malformed()
    {
        var members = string.Join(',', Enumerable.Range(0, 500).Select(i => $"\"{i}\":0"));

        AssertOutcome(JwtOutcome.Malformed, $$"""{"alg":"RS256","kid":"rsa",{{members}}}""");
    }

    [Theory]
    [InlineData("""{"alg":"RS256","kid":"rsa","crit":["exp"],"exp":1}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa","crit":[]}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa","crit":null}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa","\u0063rit":["alg"]}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa","b64":false,"crit":["b64"]}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa","b64":false}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa","b64":true}""")]
    public void Header_WithExtension_Unsupported(string header) => AssertOutcome(JwtOutcome.UnsupportedHeader, header);

    [Theory]
    [InlineData("jku", "\"https://keys.example/jwks\"")]
    [InlineData("x5u", "\"https://keys.example/cert\"")]
    [InlineData("x5c", "[\"MIIB\"]")]
    [InlineData("jwk", "{\"kty\":\"oct\",\"k\":\"AA\"}")]
    [InlineData("cty", "\"JWT\"")]
    [InlineData("zip", "\"DEF\"")]
    public void Header_WithKeyOfTheSender_SaysNothingAboutTheKey(string name, string value)
    {
        var header = $$"""{"alg":"RS256","kid":"rsa","{{name}}":{{value}}}""";

        Assert.True(Forge.Verify(Forge.Token(Forge.Rsa, header, Payload)).IsVerified);
        Assert.Equal(JwtOutcome.BadSignature, Forge.Verify(Forge.Token(JsonWebKey.Create(JwsAlgorithm.RS256), header, Payload)).Outcome);
    }

    [Theory]
    [InlineData("rsa")]
    [InlineData("mallory")]
    public void Header_WithEmbeddedKey_KeyNotUsed(string keyId)
    {
        var mallory = JsonWebKey.Create(JwsAlgorithm.RS256, "mallory");
        var header = $$"""{"alg":"RS256","kid":"{{keyId}}","jwk":{{JsonWebKeyTests.Json(mallory)}}}""";

        var expected = keyId == "rsa" ? JwtOutcome.BadSignature : JwtOutcome.UnknownKey;
        Assert.Equal(expected, Forge.Verify(Forge.Token(mallory, header, Payload)).Outcome);
    }

    [Theory]
    [InlineData("../../dev/null")]
    [InlineData("' OR 1=1--")]
    [InlineData("rsa ")]
    [InlineData("RSA")]
    [InlineData("{{7*7}}")]
    [InlineData("r\u00e4\U0001F511")]
    public void KeyId_OfNoKey_UnknownKeyAndNamed(string keyId)
    {
        var result = Forge.Verify(Forge.Token(Forge.Rsa, $$"""{"alg":"RS256","kid":"{{keyId}}"}""", Payload));

        Assert.Equal(JwtOutcome.UnknownKey, result.Outcome);
        Assert.Equal(keyId, result.UnknownKeyId);
    }

    [Fact]
    public void KeyId_Absent_UnknownAmongSeveralKeys()
    {
        var result = Forge.Verify(Forge.Token(Forge.Rsa, """{"alg":"RS256"}""", Payload));

        Assert.Equal(JwtOutcome.UnknownKey, result.Outcome);
        Assert.Null(result.UnknownKeyId);
    }

    [Fact]
    public void KeyId_Escaped_FindsTheKey() => AssertOutcome(JwtOutcome.Verified, """{"alg":"RS256","kid":"\u0072sa"}""");

    [Fact]
    public void KeyId_LongerThanTheLimit_Malformed()
    {
        AssertOutcome(JwtOutcome.UnknownKey, $$"""{"alg":"RS256","kid":"{{new string('k', 256)}}"}""");
        AssertOutcome(JwtOutcome.Malformed, $$"""{"alg":"RS256","kid":"{{new string('k', 257)}}"}""");
    }

    [Fact]
    public void Lookup_OfTokenNothingCouldVerify_IsNotAsked()
    {
        var asked = 0;
        JwtVerifier verifier = new(_ =>
        {
            asked++;
            return null;
        });
        verifier.Verify(Encoding.ASCII.GetBytes(Forge.Token(Forge.Rsa, """{"alg":"none","kid":"x"}""", Payload)));
        verifier.Verify(Encoding.ASCII.GetBytes(Forge.Token(Forge.Rsa, """{"alg":"RS256","kid":"x"}""", Payload) + "="));
        verifier.Verify(Encoding.ASCII.GetBytes(Forge.Token(Forge.Rsa, """{"alg":"RS256","kid":"x","crit":[]}""", Payload)));

        Assert.Equal(0, asked);
    }

    [Theory]
    [InlineData("\"at+jwt\"", "at+jwt")]
    [InlineData("\"at\\u002Bjwt\"", "at+jwt")]
    [InlineData("\"JWT\"", "JWT")]
    [InlineData("\"application/at+jwt\"", "application/at+jwt")]
    [InlineData("\"\"", "")]
    public void Type_OfVerifiedToken_IsTold(string json, string expected)
    {
        var header = $$"""{"typ":{{json}},"alg":"RS256","kid":"rsa"}""";

        Assert.Equal(expected, Forge.Verify(Forge.Token(Forge.Rsa, header, Payload)).Type);
    }

    [Fact]
    public void Header_RandomBytesAndCutJson_NeverThrows()
    {
        Random random = new(11);
        const string Json = """{"alg":"\u0052S256","k\u0069d":"\ud83d\udd11","typ":"at\u002bjwt","x":[{"y":1.5e9,"\ud83d\udd11":null}]}""";
        var json = Encoding.UTF8.GetBytes(Json);
        var grammar = "0123456789abcdef\\u\"{}[],:"u8.ToArray();
        for (var i = 0; i < 20_000; i++)
        {
            byte[] mutant = [.. json];
            mutant[random.Next(mutant.Length)] = (byte)random.Next(256);
            mutant[random.Next(mutant.Length)] = grammar[random.Next(grammar.Length)];
            mutant = mutant[..random.Next(mutant.Length + 1)];

            // The scratch is as short as it may be.
            var outcome = JwsHeader.Read(mutant, new byte[mutant.Length], new byte[JsonWebKey.KeyIdLimit], out var header);
            Assert.True(outcome == JwtOutcome.Verified || header.Type is null);
        }
    }

    private static void AssertOutcome(JwtOutcome expected, string header) =>
        Assert.Equal(expected, Forge.Verify(Forge.Token(Forge.Rsa, header, Payload)).Outcome);
}
