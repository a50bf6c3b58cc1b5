namespace Tollgate.Security.Jose;

/// <summary>What came of verifying a token.</summary>
/// <remarks>The first value is a refusal, so that a result nobody filled in is one.</remarks>
public enum JwtOutcome
{
    /// <summary>Not a compact JWS in its one spelling, or a header that is not what RFC 7515 asks for.</summary>
    Malformed,

    /// <summary>Over the size limit.</summary>
    TooLarge,

    /// <summary>The header asks for an extension (<c>crit</c>, <c>b64</c>).</summary>
    UnsupportedHeader,

    /// <summary>The header's alg is not one of this product, or not the key's.</summary>
    WrongAlgorithm,

    /// <summary>No key of that kid is known; newer keys might have it.</summary>
    UnknownKey,

    /// <summary>The signature is not the key's over this token.</summary>
    BadSignature,

    /// <summary>Signed by the key, but the payload is not a set of claims as RFC 7519 has them.</summary>
    BadClaims,

    /// <summary>Signed by the key, and the claims are readable; times, issuer and audience are still for the caller to judge.</summary>
    Verified,
}
