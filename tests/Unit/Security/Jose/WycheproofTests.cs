using System.Text;
using System.Text.Json;
using Tollgate.Security.Jose;

namespace Tollgate.Unit.Security.Jose;

/// <summary>The signature vectors of Project Wycheproof: nothing invalid accepted, everything valid of our algorithms accepted.</summary>
public sealed class WycheproofTests
{
    // Valid there and refused here on purpose: 259 is a JWS over an empty payload, which no JWT has.
    private static readonly int[] RefusedSignatures = [259];

    [Fact]
    public void JsonWebSignature_AllVectors_DecidedAsPublished() =>
        AssertDecided("wycheproof/json_web_signature_test.json", RefusedSignatures, expectedAccepted: 8);

    [Fact]
    public void JsonWebKey_AllVectors_DecidedAsPublished() =>
        AssertDecided("wycheproof/json_web_key_test.json", [], expectedAccepted: 1);

    [Fact]
    public void JsonWebCrypto_AllVectors_DecidedAsPublished() =>
        AssertDecided("wycheproof/json_web_crypto_test.json", [], expectedAccepted: 1);

    private static void AssertDecided(string file, int[] refused, int expectedAccepted)
    {
        List<string> wrong = [];
        var accepted = 0;
        foreach (var group in TestData.Json(file).GetProperty("testGroups").EnumerateArray())
        {
            var key = group.TryGetProperty("public", out var half) ? half : group.GetProperty("private");
            var lookup = Lookup(key);
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                // The third file has encrypted tokens besides, which this product does not read: they have no "jws".
                var token = test.TryGetProperty("jws", out var jws) ? jws.ToString() : test.GetProperty("jwe").ToString();
                var id = test.GetProperty("tcId").GetInt32();
                var expected = test.GetProperty("result").GetString() == "valid" && NamesOurAlgorithm(token) && !refused.Contains(id);
                var outcome = Forge.VerifySignature(token, lookup);
                accepted += expected ? 1 : 0;
                if (expected != (outcome == JwtOutcome.Verified))
                {
                    wrong.Add($"{id} {test.GetProperty("comment")}: {outcome}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(expectedAccepted, accepted);
    }

    private static JwsKeyLookup Lookup(JsonElement key)
    {
        var json = Encoding.UTF8.GetBytes(key.GetRawText());
        if (key.TryGetProperty("keys", out _))
        {
            return JsonWebKeySet.TryParse(json, out var set, out _) ? set.Find : _ => null;
        }

        return JsonWebKey.TryParse(json, out var single, out _) ? new JsonWebKeySet([single]).Find : _ => null;
    }

    // Every algorithm but ours is refused whatever the vectors say, HMAC first of all.
    private static bool NamesOurAlgorithm(string token)
    {
        var header = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[0]));
        using var document = JsonDocument.Parse(header);
        return document.RootElement.GetProperty("alg").GetString() is "RS256" or "PS256" or "ES256";
    }
}
