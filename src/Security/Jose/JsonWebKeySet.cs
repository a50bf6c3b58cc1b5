using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Tollgate.Security.Jose;

/// <summary>The keys of one issuer, each under its own kid (RFC 7517 section 5).</summary>
/// <remarks>Immutable; <see cref="Find"/> is a <see cref="JwsKeyLookup"/>.</remarks>
public sealed class JsonWebKeySet
{
    private readonly JsonWebKey[] _keys;

    /// <summary>Makes a set of known keys, for publishing one's own.</summary>
    /// <exception cref="ArgumentException">Two keys have the same kid.</exception>
    public JsonWebKeySet(IEnumerable<JsonWebKey> keys)
    {
        _keys = [.. keys];
        if (HasDuplicate(_keys))
        {
            throw new ArgumentException("Two keys of the set have the same kid.", nameof(keys));
        }
    }

    public IReadOnlyList<JsonWebKey> Keys => _keys;

    /// <summary>Reads a JWKS document; entries this product cannot use are left out, and a set may end up empty.</summary>
    /// <remarks>
    /// Two usable keys of the same kid fail the whole document: which of them verifies a token must not hang on their order, and
    /// an issuer who publishes that has a fault better seen when the keys are fetched than in one token of two.
    /// </remarks>
    public static bool TryParse(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out JsonWebKeySet? set, out JwkFailure failure)
    {
        List<JsonWebKey> keys = [];
        failure = JsonWebKeyReader.ReadSet(json, keys);
        if (failure == JwkFailure.None && HasDuplicate(keys))
        {
            failure = JwkFailure.DuplicateKeyId;
        }

        set = failure == JwkFailure.None ? new JsonWebKeySet(keys) : null;
        return set is not null;
    }

    /// <summary>The key of that kid; for an empty one, the only key of a set of one.</summary>
    /// <remarks>A token may leave kid out (RFC 7515 section 4.1.4); among several keys it is not tried on each of them.</remarks>
    public JsonWebKey? Find(ReadOnlySpan<byte> keyId)
    {
        if (keyId.IsEmpty)
        {
            return _keys.Length == 1 ? _keys[0] : null;
        }

        // Sets have a handful of keys, and lengths differ or first bytes do: a dictionary would not be faster.
        foreach (var key in _keys)
        {
            if (key.KeyIdUtf8.SequenceEqual(keyId))
            {
                return key;
            }
        }

        return null;
    }

    /// <summary>Writes the public halves as a JWKS document.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("keys");
        foreach (var key in _keys)
        {
            key.WriteTo(writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static bool HasDuplicate(IReadOnlyCollection<JsonWebKey> keys)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            if (key.KeyId is not null && !seen.Add(key.KeyId))
            {
                return true;
            }
        }

        return false;
    }
}
