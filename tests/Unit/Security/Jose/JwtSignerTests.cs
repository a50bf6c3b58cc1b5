using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Tollgate.Security.Jose;

namespace Tollgate.Unit.Security.Jose;

/// <summary>Tokens of the product's own.</summary>
public sealed class JwtSignerTests
{
    private static readonly JwtClaims Claims = new()
    {
        Issuer = "https://gate.example/token",
        Subject = "ann",
        Audiences = ["api"],
        ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(1900000000),
        NotBefore = DateTimeOffset.FromUnixTimeSeconds(1800000000),
        IssuedAt = DateTimeOffset.FromUnixTimeSeconds(1800000001),
        TokenId = "t1",
        Scopes = ["read", "write"],
        AuthorizedParty = "app",
        ClientId = "app",
        AuthorizedUserType = "APPLICATION",
        KeyType = "PRODUCTION",
        AuthorizationId = "a1",
    };

    [Theory]
    [InlineData(JwsAlgorithm.RS256)]
    [InlineData(JwsAlgorithm.PS256)]
    [InlineData(JwsAlgorithm.ES256)]
    public void Token_Signed_VerifiesWithTheSameClaims(JwsAlgorithm algorithm)
    {
        var result = Forge.Verify(new JwtSigner(Forge.Key(algorithm)).Sign("at+jwt", Claims.WriteTo));

        Assert.True(result.IsVerified);
        Assert.Same(Forge.Key(algorithm), result.Key);
        Assert.Equal("at+jwt", result.Type);
        Assert.Equal(Claims.Audiences, result.Claims.Audiences);
        Assert.Equal(Claims.Scopes, result.Claims.Scopes);
        Assert.Equal(Claims, result.Claims with { Audiences = Claims.Audiences, Scopes = Claims.Scopes });
    }

    [Fact]
    public void Header_OfToken_HasTypeAlgorithmAndKeyId()
    {
        var token = new JwtSigner(Forge.Rsa).Sign("at+jwt", _ => { });

        Assert.Equal("""{"typ":"at+jwt","alg":"RS256","kid":"rsa"}""", Part(token, 0));
        Assert.Equal("{}", Part(token, 1));
    }

    [Fact]
    public void Claims_ThatAreNull_AreNotWritten() =>
        Assert.Equal("""{"sub":"ann"}""", Part(new JwtSigner(Forge.Curve).Sign("JWT", new JwtClaims { Subject = "ann" }.WriteTo), 1));

    [Fact]
    public void Audiences_Several_AreAnArray() =>
        Assert.Equal(
            """{"aud":["a","b"]}""",
            Part(new JwtSigner(Forge.Curve).Sign("JWT", new JwtClaims { Audiences = ["a", "b"] }.WriteTo), 1));

    [Fact]
    public void Callback_WithClaimsOfItsOwn_WritesThem()
    {
        var token = new JwtSigner(Forge.Curve).Sign("JWT", writer =>
        {
            Claims.WriteTo(writer);
            writer.WriteString("https://gate.example/claims/tier", "<gold> & \"more\"");
        });

        using var payload = JsonDocument.Parse(Part(token, 1));
        Assert.Equal("<gold> & \"more\"", payload.RootElement.GetProperty("https://gate.example/claims/tier").GetString());
        Assert.Equal("ann", Forge.Verify(token).Claims?.Subject);
    }

    [Fact]
    public void Signer_OfPublicKey_Refused()
    {
        Assert.True(JsonWebKey.TryParse(Encoding.UTF8.GetBytes(JsonWebKeyTests.Json(Forge.Rsa)), out var key, out _));

        Assert.Throws<ArgumentException>(() => new JwtSigner(key));
    }

    private static string Part(string token, int index) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.Split('.')[index]));
}
