using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Tollgate.Security.Jose;

namespace Tollgate.Unit.Security.Jose;

/// <summary>Payloads of well-signed tokens.</summary>
public sealed class JwtClaimsTests
{
    [Fact]
    public void Claims_AllThere_AreRead()
    {
        var claims = Read("""
            {
              "iss": "https://idp.example", "sub": "ann", "aud": ["api", "other"], "exp": 1900000000, "nbf": 1800000000.5, "iat": 18e8,
              "jti": "t1", "scope": "read write", "azp": "app", "client_id": "app", "aut": "APPLICATION_USER", "keytype": "SANDBOX",
              "authorization_id": "a1", "email": "ann@example.org", "realm_access": {"roles": ["x", {"y": null}]}
            }
            """);

        Assert.Equal("https://idp.example", claims.Issuer);
        Assert.Equal("ann", claims.Subject);
        Assert.Equal(["api", "other"], claims.Audiences);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1900000000), claims.ExpiresAt);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1800000000500), claims.NotBefore);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1800000000), claims.IssuedAt);
        Assert.Equal("t1", claims.TokenId);
        Assert.Equal(["read", "write"], claims.Scopes);
        Assert.Equal("app", claims.AuthorizedParty);
        Assert.Equal("app", claims.ClientId);
        Assert.Equal("APPLICATION_USER", claims.AuthorizedUserType);
        Assert.Equal("SANDBOX", claims.KeyType);
        Assert.Equal("a1", claims.AuthorizationId);
    }

    [Fact]
    public void Claims_NoneThere_AreNull() => Assert.Equal(new JwtClaims(), Read("{}"));

    [Fact]
    public void ClaimName_Escaped_IsTheSameClaim() => Assert.Equal("ann", Read("""{"\u0073u\u0062":"ann"}""").Subject);

    [Fact]
    public void ClaimName_OfOtherCase_IsAnotherClaim() => Assert.Null(Read("""{"SUB":"ann"}""").Subject);

    [Fact]
    public void Audience_String_IsOne() => Assert.Equal(["api"], Read("""{"aud":"api"}""").Audiences);

    [Fact]
    public void Audience_EmptyArray_IsEmpty() => Assert.Equal([], Read("""{"aud":[]}""").Audiences);

    [Theory]
    [InlineData("\"read  write \"")]
    [InlineData("[\"read\",\"write\"]")]
    [InlineData("[\"read write\"]")]
    public void Scope_StringOrArray_TakenApartAtSpaces(string json) =>
        Assert.Equal(["read", "write"], Read($$"""{"scope":{{json}}}""").Scopes);

    [Fact]
    public void Scope_Empty_IsEmpty() => Assert.Equal([], Read("""{"scope":""}""").Scopes);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("0.25", 250)]
    [InlineData("1e9", 1_000_000_000_000)]
    [InlineData("253402300799", 253_402_300_799_000)]
    [InlineData("1e-400", 0)]
    public void Time_NumberInRange_IsRead(string json, long milliseconds) =>
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), Read($$"""{"exp":{{json}}}""").ExpiresAt);

    [Theory]
    [InlineData("\"1900000000\"")]
    [InlineData("\"\"")]
    [InlineData("-1")]
    [InlineData("-0.5")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("253402300800")]
    [InlineData("9223372036854775807")]
    [InlineData("99999999999999999999999999999999999999")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[1900000000]")]
    [InlineData("{}")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("+1")]
    [InlineData("0x10")]
    [InlineData("01")]
    [InlineData("1.")]
    public void Time_OfWrongTypeOrOutOfRange_BadClaims(string json)
    {
        foreach (var name in new[] { "exp", "nbf", "iat" })
        {
            AssertBad($$"""{"{{name}}":{{json}}}""");
        }
    }

    [Theory]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[\"a\"]")]
    [InlineData("{\"a\":\"b\"}")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"a\\udc00\"")]
    public void Text_OfWrongType_BadClaims(string json)
    {
        foreach (var name in new[] { "iss", "sub", "jti", "azp", "client_id", "aut", "keytype", "authorization_id" })
        {
            AssertBad($$"""{"{{name}}":{{json}}}""");
        }
    }

    [Theory]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[\"a\",null]")]
    [InlineData("[[\"a\"]]")]
    [InlineData("[{\"a\":\"b\"}]")]
    [InlineData("[\"a\"")]
    public void TextOrList_OfWrongType_BadClaims(string json)
    {
        AssertBad($$"""{"aud":{{json}}}""");
        AssertBad($$"""{"scope":{{json}}}""");
    }

    [Theory]
    [InlineData("""{"sub":"ann","sub":"ann"}""")]
    [InlineData("""{"sub":"ann","\u0073ub":"eve"}""")]
    [InlineData("""{"\u0073ub":"ann","s\u0075b":"eve"}""")]
    [InlineData("""{"exp":1,"sub":"a","exp":2}""")]
    [InlineData("""{"private":1,"private":1}""")]
    [InlineData("""{"é":1,"\u00e9":1}""")]
    [InlineData("""{"🔑":1,"\ud83d\udd11":1}""")]
    [InlineData("""{"a":{"b":1,"b":1}}""")]
    [InlineData("""{"a":[[{"b":1,"c":{"b":1},"b":1}]]}""")]
    public void Name_Twice_BadClaims(string payload) => AssertBad(payload);

    [Theory]
    [InlineData("""{"a":{"b":1},"b":{"b":{"b":1}},"c":[{"b":1},{"b":1}],"sub":"ann"}""")]
    [InlineData("""{"ab":1,"a":1,"abc":1,"":1,"sub":"ann"}""")]
    public void Name_InDifferentObjects_IsFine(string payload) => Assert.Equal("ann", Read(payload).Subject);

    [Theory]
    [InlineData("foo")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"sub\"")]
    [InlineData("""{"sub":"ann" """)]
    [InlineData("""{"sub":"ann"}}""")]
    [InlineData("""{"sub":"ann",}""")]
    [InlineData("""{"sub":"ann" "iss":"x"}""")]
    [InlineData("""{"x":{"a":}}""")]
    [InlineData("""{"x":"\x"}""")]
    [InlineData("{\"x\":\"a\tb\"}")]
    [InlineData("eyJhbGciOiJSUzI1NiIsImtpZCI6InJzYSJ9.e30.AA")]
    public void Payload_NotOneJsonObject_BadClaims(string payload) => AssertBad(payload);

    [Fact]
    public void Payload_NotUtf8_BadClaims()
    {
        byte[] payload = [.. "{\"x\":\""u8, 0xFF, .. "\"}"u8];
        var token = Forge.Sign(Forge.Rsa, $"{Forge.Encode(Forge.Header(Forge.Rsa))}.{Base64Url.EncodeToString(payload)}");

        Assert.Equal(JwtOutcome.BadClaims, Forge.Verify(token).Outcome);
    }

    [Theory]
    [InlineData(15, true)]
    [InlineData(16, false)]
    [InlineData(5000, false)]
    public void Payload_Nested_ReadDownToTheLimit(int depth, bool expected)
    {
        var arrays = $$"""{"x":{{new string('[', depth)}}{{new string(']', depth)}}}""";
        var objects = $$"""{"x":{{string.Concat(Enumerable.Repeat("{\"y\":", depth - 1))}}{}{{new string('}', depth - 1)}}}""";

        Assert.Equal(expected, Forge.Verify(Forge.Token(arrays)).IsVerified);
        Assert.Equal(expected, Forge.Verify(Forge.Token(depth < 1000 ? objects : arrays)).IsVerified);
    }

    [Theory]
    [InlineData(512, true)]
    [InlineData(513, false)]
    public void Payload_OfManyMembers_ReadUpToTheLimit(int members, bool expected)
    {
        var payload = "{" + string.Join(',', Enumerable.Range(0, members).Select(i => $"\"claim{i}\":0")) + "}";

        Assert.Equal(expected, Forge.Verify(Forge.Token(payload)).IsVerified);
    }

    [Fact]
    public void Payload_WithBadSignature_IsNotJudged()
    {
        var token = Forge.Token(JsonWebKey.Create(JwsAlgorithm.RS256), Forge.Header(Forge.Rsa), "not JSON");

        Assert.Equal(JwtOutcome.BadSignature, Forge.Verify(token).Outcome);
    }

    [Fact]
    public void Payload_RandomBytesAndCutJson_NeverThrows()
    {
        Random random = new(7);
        const string Json = """{"iss":"a\u00e9","aud":["x"],"exp":1.5e9,"o":{"p":[true,null,{"q":"\ud83d\udd11"}]},"scope":"r w"}""";
        var json = Encoding.UTF8.GetBytes(Json);
        for (var i = 0; i < 20_000; i++)
        {
            byte[] mutant = [.. json];
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                mutant[random.Next(mutant.Length)] = (byte)random.Next(256);
            }

            mutant = mutant[..random.Next(mutant.Length + 1)];

            // The scratch is as short as it may be.
            var read = JwtClaimsReader.TryRead(mutant, new byte[mutant.Length], out var claims);
            Assert.Equal(read, claims is not null);
            Assert.True(!read || IsJson(mutant));
        }
    }

    private static bool IsJson(byte[] text)
    {
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
        return document.RootElement.ValueKind == JsonValueKind.Object;
    }

    private static JwtClaims Read(string payload)
    {
        var result = Forge.Verify(Forge.Token(payload));
        Assert.Equal(JwtOutcome.Verified, result.Outcome);
        return result.Claims!;
    }

    private static void AssertBad(string payload) => Assert.Equal(JwtOutcome.BadClaims, Forge.Verify(Forge.Token(payload)).Outcome);
}
