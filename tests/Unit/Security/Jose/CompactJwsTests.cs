using System.Text;
using Tollgate.Security.Jose;

namespace Tollgate.Unit.Security.Jose;

/// <summary>The outer form of a token: three parts, each in the only spelling it has.</summary>
public sealed class CompactJwsTests
{
    private const string Payload = """{"sub":"ann"}""";

    [Fact]
    public void Token_AsSigned_Verified() => Assert.True(Forge.Verify(Forge.Token(Payload)).IsVerified);

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("...")]
    [InlineData("....")]
    [InlineData("a")]
    [InlineData("Zm9v")]
    public void Token_WithoutParts_Malformed(string token) => AssertMalformed(token);

    [Theory]
    [InlineData("{0}.{1}")]
    [InlineData("{0}.{1}.")]
    [InlineData("{0}..{2}")]
    [InlineData(".{1}.{2}")]
    [InlineData("..{2}")]
    [InlineData("{0}..")]
    [InlineData("{0}.{1}.{2}.")]
    [InlineData(".{0}.{1}.{2}")]
    [InlineData("{0}.{1}.{2}.{2}")]
    [InlineData("{0}.{1}..{2}")]
    [InlineData("{0}.{0}.{1}.{2}.{2}")]
    [InlineData("{0}{1}{2}")]
    [InlineData("{1}.{0}.{2}")]
    public void Token_WithOtherParts_Malformed(string form)
    {
        var parts = Forge.Token(Payload).Split('.');

        AssertMalformed(string.Format(form, parts[0], parts[1], parts[2]));
    }

    [Theory]
    [InlineData("=")]
    [InlineData("==")]
    [InlineData("%")]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\t")]
    [InlineData("\0")]
    [InlineData("+")]
    [InlineData("/")]
    [InlineData(",")]
    [InlineData("\u00e9")]
    public void Token_WithForeignCharacterInAnyPart_Malformed(string foreign)
    {
        var token = Forge.Token(Payload);
        for (var dot = 0; dot <= token.LastIndexOf('.');)
        {
            var end = token.IndexOf('.', dot) is var next and >= 0 ? next : token.Length;
            AssertMalformed(token.Insert(end, foreign));
            AssertMalformed(token.Insert((dot + end) / 2, foreign));
            AssertMalformed(token.Insert(dot, foreign));
            dot = end + 1;
        }

        AssertMalformed(token + foreign);
    }

    [Theory]
    [InlineData("""{"alg":"RS256","kid":"rsa"}""", """{"sub":"a"}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa" }""", """{"sub":"ab"}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa"  }""", """{"sub":"abc"}""")]
    public void Token_WithLeftOverBitsSet_Malformed(string header, string payload)
    {
        string[] parts = [Forge.Encode(header), Forge.Encode(payload)];
        Assert.True(Forge.Verify(Forge.Sign(Forge.Rsa, string.Join('.', parts))).IsVerified);
        for (var part = 0; part < 2; part++)
        {
            foreach (var twin in Twins(parts[part]))
            {
                string[] changed = [.. parts];
                changed[part] = twin;

                // Truly signed over the changed text, so that nothing but the spelling can be the reason.
                AssertMalformed(Forge.Sign(Forge.Rsa, string.Join('.', changed)));
            }
        }
    }

    [Theory]
    [InlineData(JwsAlgorithm.RS256)]
    [InlineData(JwsAlgorithm.PS256)]
    [InlineData(JwsAlgorithm.ES256)]
    public void Signature_WithLeftOverBitsSet_Malformed(JwsAlgorithm algorithm)
    {
        var key = Forge.Key(algorithm);
        var token = Forge.Token(key, Forge.Header(key), Payload);
        string[] twins = [.. Twins(token)];

        // 256 and 64 octets leave two and four bits over: fifteen other spellings each.
        Assert.Equal(15, twins.Length);
        Assert.True(Forge.Verify(token).IsVerified);
        Assert.All(twins, AssertMalformed);
    }

    [Fact]
    public void Part_OfImpossibleLength_Malformed()
    {
        var token = Forge.Token(Payload);
        var parts = token.Split('.');
        while (parts[1].Length % 4 != 1)
        {
            parts[1] += "A";
        }

        AssertMalformed(Forge.Sign(Forge.Rsa, $"{parts[0]}.{parts[1]}"));
    }

    [Fact]
    public void Token_OfOneMegabyte_TooLarge()
    {
        var token = Forge.Token($$"""{"sub":"{{new string('a', 1_000_000)}}"}""");

        Assert.Equal(JwtOutcome.TooLarge, Forge.Verify(token).Outcome);
        Assert.Equal(JwtOutcome.TooLarge, new JwtVerifier(_ => Forge.Rsa, int.MaxValue).Verify(Encoding.ASCII.GetBytes(token)).Outcome);
    }

    [Fact]
    public void Token_AtTheLimit_VerifiedAndOneOverRefused()
    {
        var token = Encoding.ASCII.GetBytes(Forge.Token($$"""{"sub":"{{new string('a', 10_000)}}"}"""));

        Assert.True(new JwtVerifier(_ => Forge.Rsa, token.Length).Verify(token).IsVerified);
        Assert.Equal(JwtOutcome.TooLarge, new JwtVerifier(_ => Forge.Rsa, token.Length - 1).Verify(token).Outcome);
    }

    [Fact]
    public void Token_InJsonSerialization_Malformed()
    {
        var parts = Forge.Token(Payload).Split('.');

        AssertMalformed($$"""{"payload":"{{parts[1]}}","protected":"{{parts[0]}}","signature":"{{parts[2]}}"}""");
    }

    [Fact]
    public void Result_NeverFilledIn_IsARefusal() => Assert.False(default(JwtResult).IsVerified);

    private static void AssertMalformed(string token) => Assert.Equal(JwtOutcome.Malformed, Forge.Verify(token).Outcome);

    /// <summary>The other texts a lax decoder takes for the same octets.</summary>
    private static IEnumerable<string> Twins(string text)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var length = text.Length - (text.LastIndexOf('.') + 1);
        var spare = (length % 4) switch { 2 => 16, 3 => 4, _ => 1 };
        var last = Alphabet.IndexOf(text[^1]);
        Assert.Equal(0, last % spare);
        return Enumerable.Range(1, spare - 1).Select(bits => text[..^1] + Alphabet[last + bits]);
    }
}
