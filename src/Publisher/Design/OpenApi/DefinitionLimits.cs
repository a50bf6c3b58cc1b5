namespace Tollgate.Publisher.Design.OpenApi;

/// <summary>How deep and how large a definition may be once it is read; its bytes are limited by a setting.</summary>
internal static class DefinitionLimits
{
    /// <summary>Everything here recurses at most this deep; the stack holds far more.</summary>
    public const int MaxDepth = 100;

    /// <summary>Objects, lists and scalars. GitHub's REST description (13 MB, 1,223 operations) has 258,000.</summary>
    public const int MaxValues = 500_000;

    /// <summary>
    /// Characters of the pointers to all values together, which is what it costs to name a place for each of them; 25 million in GitHub's.
    /// Without it a 4 MB document of long names kept the validation busy for 18 s and 37 GB.
    /// </summary>
    public const long MaxPlaces = 100_000_000;

    /// <summary>References that lead to references, one after the other; documents in the field have up to three.</summary>
    public const int MaxReferenceChain = 32;

    /// <summary>Characters of a reference.</summary>
    public const int MaxReference = 4_096;

    /// <summary>Scopes of an API; every operation may inherit all of them.</summary>
    public const int MaxScopes = 1_000;

    /// <summary>Schemes in one security requirement, over all its alternatives.</summary>
    public const int MaxRequirements = 100;
}
