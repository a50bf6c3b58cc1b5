using System.Collections.Frozen;
using System.Text;
using Tollgate.Model.Runtime;
using Tollgate.Security.Jose;

namespace Tollgate.Gateway.Follow;

/// <summary>The public keys that tokens may be signed with, each with the issuer it belongs to.</summary>
internal sealed class IssuerKeys
{
    public static readonly IssuerKeys None = new(FrozenDictionary<string, Entry>.Empty);

    private readonly FrozenDictionary<string, Entry> _entries;
    private readonly FrozenDictionary<JsonWebKey, string> _issuers;

    private IssuerKeys(FrozenDictionary<string, Entry> entries)
    {
        _entries = entries;
        _issuers = entries.Values.ToFrozenDictionary(entry => entry.Key, entry => entry.Record.Issuer);
        Verifier = new JwtVerifier(new JsonWebKeySet(_issuers.Keys).Find);
    }

    public JwtVerifier Verifier { get; }

    /// <summary>True while the key may verify; a token verified by a key that was withdrawn is refused.</summary>
    public bool Knows(JsonWebKey key) => _issuers.ContainsKey(key);

    public string IssuerOf(JsonWebKey key) => _issuers[key];

    /// <summary>These keys with one more, or without one.</summary>
    /// <param name="keyId">The key's id.</param>
    /// <param name="record">The key; null takes it out.</param>
    /// <param name="known">Keys known before: the same key keeps its identity, so that tokens it verified stay verified.</param>
    public IssuerKeys With(string keyId, RuntimeSigningKey? record, IssuerKeys known)
    {
        var entries = _entries.ToDictionary();
        if (record is null)
        {
            entries.Remove(keyId);
        }
        else if (known._entries.TryGetValue(keyId, out var same) && same.Record == record)
        {
            entries[keyId] = same;
        }
        else if (JsonWebKey.TryParse(Encoding.UTF8.GetBytes(record.Jwk), out var key, out _))
        {
            entries[keyId] = new Entry(record, key);
        }

        return new IssuerKeys(entries.ToFrozenDictionary());
    }

    private sealed record Entry(RuntimeSigningKey Record, JsonWebKey Key);
}
