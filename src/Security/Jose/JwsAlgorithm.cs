namespace Tollgate.Security.Jose;

/// <summary>The signature algorithms of this product (RFC 7518 section 3.1); there are no others on purpose.</summary>
public enum JwsAlgorithm
{
    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256.</summary>
    RS256,

    /// <summary>RSASSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of 32 octets.</summary>
    PS256,

    /// <summary>ECDSA over P-256 with SHA-256.</summary>
    ES256,
}

/// <summary>The names algorithms have in JSON, which are case-sensitive (RFC 7515 section 4.1.1).</summary>
internal static class JwsAlgorithmName
{
    /// <summary>The algorithm of that name, or null: "none", HS256 and every other name are strangers here.</summary>
    public static JwsAlgorithm? Find(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("RS256"u8))
        {
            return JwsAlgorithm.RS256;
        }

        if (name.SequenceEqual("PS256"u8))
        {
            return JwsAlgorithm.PS256;
        }

        return name.SequenceEqual("ES256"u8) ? JwsAlgorithm.ES256 : null;
    }
}
