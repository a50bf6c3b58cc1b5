using System.Text;
using System.Text.Json;
using Tollgate.Security.Jose;

namespace Tollgate.Unit.Security.Jose;

/// <summary>Key sets: which entries count, and how a key is found.</summary>
public sealed class JsonWebKeySetTests
{
    private static readonly string Rsa = JsonWebKeyTests.Json(Forge.Rsa);
    private static readonly string Curve = JsonWebKeyTests.Json(Forge.Curve);

    [Fact]
    public void Set_WrittenAndParsed_HasTheSameKeys()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            new JsonWebKeySet([Forge.Rsa, Forge.Curve]).WriteTo(writer);
        }

        Assert.True(JsonWebKeySet.TryParse(stream.ToArray(), out var set, out _));
        Assert.Equal(["rsa", "curve"], set.Keys.Select(key => key.KeyId));
        Assert.Equal(Forge.Curve.Thumbprint(), set.Find("curve"u8)?.Thumbprint());
        Assert.Null(set.Find("other"u8));
        Assert.Null(set.Find(""u8));
    }

    [Theory]
    [InlineData("{\"kty\":\"oct\",\"k\":\"AAAA\",\"alg\":\"HS256\",\"kid\":\"rsa\"}")]
    [InlineData("{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\"}")]
    [InlineData("{\"kty\":\"RSA\",\"alg\":\"RSA-OAEP\",\"use\":\"enc\",\"n\":\"AAAA\",\"e\":\"AQAB\"}")]
    [InlineData("{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}")]
    [InlineData("{\"kty\":\"NEW\"}")]
    [InlineData("{}")]
    [InlineData("7")]
    public void Entry_NotUsable_IsLeftOut(string entry)
    {
        var set = Parse($$"""{"keys":[{{entry}},{{Rsa}}]}""");

        Assert.Equal("rsa", Assert.Single(set.Keys).KeyId);
    }

    [Fact]
    public void KeyId_Twice_RefusesTheSet()
    {
        Assert.Equal(JwkFailure.DuplicateKeyId, Failure($$"""{"keys":[{{Rsa}},{{Curve.Replace("\"curve\"", "\"rsa\"")}}]}"""));
        Assert.Throws<ArgumentException>(() => new JsonWebKeySet([Forge.Rsa, Forge.Rsa]));
    }

    [Fact]
    public void KeyId_TwiceButOneKeyForEncryption_FindsTheOther()
    {
        var set = Parse($$"""{"keys":[{{Rsa.Replace("\"sig\"", "\"enc\"")}},{{Rsa}}]}""");

        Assert.NotNull(set.Find("rsa"u8));
    }

    [Fact]
    public void KeyId_NotInTheToken_FindsTheOnlyKey()
    {
        Assert.NotNull(Parse($$"""{"keys":[{{Rsa}}]}""").Find(""u8));
        Assert.Null(Parse($$"""{"keys":[{{Rsa}},{{Curve}}]}""").Find(""u8));
        Assert.Null(Parse("""{"keys":[]}""").Find(""u8));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"keys\":{}}")]
    [InlineData("{\"keys\":null}")]
    [InlineData("{\"keys\":[]} {}")]
    [InlineData("{\"keys\":[],\"keys\":[]}")]
    [InlineData("{\"keys\":[{\"kty\":\"RSA\",\"kty\":\"RSA\"}]}")]
    public void Document_OfWrongShape_Malformed(string json) => Assert.Equal(JwkFailure.Malformed, Failure(json));

    [Fact]
    public void Document_OverTheSizeLimit_TooLarge() =>
        Assert.Equal(JwkFailure.TooLarge, Failure($$"""{"keys":[],"x":"{{new string('x', 1_000_000)}}"}"""));

    private static JsonWebKeySet Parse(string json)
    {
        Assert.True(JsonWebKeySet.TryParse(Encoding.UTF8.GetBytes(json), out var set, out var failure), failure.ToString());
        return set;
    }

    private static JwkFailure Failure(string json)
    {
        Assert.False(JsonWebKeySet.TryParse(Encoding.UTF8.GetBytes(json), out _, out var failure));
        return failure;
    }
}
