using System.Buffers.Text;
using System.Text;
using Tollgate.Security.Jose;

namespace Tollgate.Unit.Security.Jose;

/// <summary>Makes tokens an honest signer would not make, and keys to verify them with.</summary>
internal static class Forge
{
    public static readonly JsonWebKey Rsa = JsonWebKey.Create(JwsAlgorithm.RS256, "rsa");

    public static readonly JsonWebKey Pss = JsonWebKey.Create(JwsAlgorithm.PS256, "pss");

    public static readonly JsonWebKey Curve = JsonWebKey.Create(JwsAlgorithm.ES256, "curve");

    public static readonly JwtVerifier Verifier = new(new JsonWebKeySet([Rsa, Pss, Curve]).Find);

    public static JsonWebKey Key(JwsAlgorithm algorithm) => algorithm switch
    {
        JwsAlgorithm.RS256 => Rsa,
        JwsAlgorithm.PS256 => Pss,
        _ => Curve,
    };

    /// <summary>The header a token of that key has.</summary>
    public static string Header(JsonWebKey key) => $$"""{"alg":"{{key.Algorithm}}","kid":"{{key.KeyId}}"}""";

    /// <summary>A token with this very header and payload, truly signed by the key.</summary>
    public static string Token(JsonWebKey key, string header, string payload) => Sign(key, $"{Encode(header)}.{Encode(payload)}");

    /// <summary>A token of the RSA key with this payload.</summary>
    public static string Token(string payload) => Token(Rsa, Header(Rsa), payload);

    public static string Sign(JsonWebKey key, string input) => $"{input}.{Base64Url.EncodeToString(Signature(key, input))}";

    public static byte[] Signature(JsonWebKey key, string input)
    {
        var signature = new byte[key.Platform.SignatureLength];
        key.Platform.Sign(Encoding.UTF8.GetBytes(input), signature);
        return signature;
    }

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    public static JwtResult Verify(string token) => Verifier.Verify(Encoding.UTF8.GetBytes(token));

    /// <summary>Verifies only the signature, over a payload that need not be JSON.</summary>
    public static JwtOutcome VerifySignature(string token, JwsKeyLookup lookup)
    {
        var octets = Encoding.UTF8.GetBytes(token);
        return JwsVerifier.Verify(octets, new byte[CompactJws.BufferLength(octets.Length)], lookup).Outcome;
    }
}
