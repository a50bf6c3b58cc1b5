using System.Text;

namespace Tollgate.Security.Jose;

/// <summary>What the protected header of a token says that this product listens to (RFC 7515 section 4.1).</summary>
internal readonly ref struct JwsHeader
{
    // Registered parameters are eleven; a nested jwk has no more.
    private const int MemberLimit = 32;
    private const int AlgorithmLimit = 16;
    private const int TypeLimit = 128;

    private JwsHeader(JwsAlgorithm? algorithm, ReadOnlySpan<byte> keyId, string? type)
    {
        Algorithm = algorithm;
        KeyId = keyId;
        Type = type;
    }

    /// <summary>The algorithm named; null for one this product does not do.</summary>
    public JwsAlgorithm? Algorithm { get; }

    /// <summary>The kid; empty where there is none.</summary>
    public ReadOnlySpan<byte> KeyId { get; }

    public string? Type { get; }

    /// <summary>Reads a header; <paramref name="keyId"/> is as long as a kid may be and holds it afterwards.</summary>
    /// <returns><see cref="JwtOutcome.Verified"/>, or why the token is refused.</returns>
    public static JwtOutcome Read(ReadOnlySpan<byte> json, Span<byte> scratch, Span<byte> keyId, out JwsHeader header)
    {
        header = default;
        StrictJsonReader reader = new(json, scratch, MemberLimit);
        Span<byte> algorithm = stackalloc byte[AlgorithmLimit];
        var algorithmLength = 0;
        var keyIdLength = 0;
        string? type = null;
        var extended = false;
        if (!reader.Open())
        {
            return JwtOutcome.Malformed;
        }

        while (reader.NextMember())
        {
            var name = reader.Name;
            bool sound;
            if (name.SequenceEqual("alg"u8))
            {
                sound = reader.TryCopyString(algorithm, out algorithmLength) && algorithmLength > 0;
            }
            else if (name.SequenceEqual("kid"u8))
            {
                sound = reader.TryCopyString(keyId, out keyIdLength) && keyIdLength > 0;
            }
            else if (name.SequenceEqual("typ"u8))
            {
                sound = TryGetType(ref reader, out type);
            }
            else
            {
                // jwk, jku, x5u and x5c among the others are keys the sender chose: never used (RFC 8725 sections 3.5 and 3.9).
                extended |= name.SequenceEqual("crit"u8) || name.SequenceEqual("b64"u8);
                sound = reader.SkipValue();
            }

            if (!sound)
            {
                return JwtOutcome.Malformed;
            }
        }

        if (!reader.Completed || algorithmLength == 0)
        {
            return JwtOutcome.Malformed;
        }

        header = new JwsHeader(JwsAlgorithmName.Find(algorithm[..algorithmLength]), keyId[..keyIdLength], type);
        return extended ? JwtOutcome.UnsupportedHeader : JwtOutcome.Verified;
    }

    /// <summary>Reads a type, without a new string for the two that nearly every token has.</summary>
    private static bool TryGetType(ref StrictJsonReader reader, out string? type)
    {
        Span<byte> text = stackalloc byte[TypeLimit];
        type = null;
        if (!reader.TryCopyString(text, out var length))
        {
            return false;
        }

        text = text[..length];
        type = text.SequenceEqual("at+jwt"u8) ? "at+jwt" : text.SequenceEqual("JWT"u8) ? "JWT" : Encoding.UTF8.GetString(text);
        return true;
    }
}
