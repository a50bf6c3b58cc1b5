namespace Tollgate.Security.Jose;

/// <summary>Why a JSON Web Key or a key set was not taken.</summary>
public enum JwkFailure
{
    /// <summary>It was taken.</summary>
    None,

    /// <summary>The text is over the size limit.</summary>
    TooLarge,

    /// <summary>Not a JSON object of the right shape, a member twice, or a member of the wrong type or spelling.</summary>
    Malformed,

    /// <summary>A kty, crv or alg this product does not do.</summary>
    Unsupported,

    /// <summary>kty, crv and alg contradict each other.</summary>
    Inconsistent,

    /// <summary>An RSA modulus or exponent outside the limits, a modulus of a broken generator, or a point off the curve.</summary>
    WeakKey,

    /// <summary><c>use</c> or <c>key_ops</c> is there and does not allow verifying signatures.</summary>
    NotForVerification,

    /// <summary>The private half stands beside the public one.</summary>
    PrivateKey,

    /// <summary>Two usable keys of the set have the same kid.</summary>
    DuplicateKeyId,
}
