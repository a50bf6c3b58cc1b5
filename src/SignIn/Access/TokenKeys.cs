using System.Collections.Frozen;
using System.Text;
using Tollgate.Security.Jose;
using Tollgate.Storage.Tokens;

namespace Tollgate.SignIn.Access;

/// <summary>The resident key manager's public keys, for verifying its tokens on management routes.</summary>
public sealed class TokenKeys(SigningKeyStore store, TimeProvider time)
{
    // A token with an unknown kid makes the keys be read again, at most once per this time, whatever arrives.
    private static readonly TimeSpan RefreshPause = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private Known _known = new([], FrozenDictionary<JsonWebKey, string>.Empty, DateTimeOffset.MinValue);

    /// <summary>Verifies signature, type (RFC 9068 section 4) and issuer; reads the keys again once when the token names one that is not known.</summary>
    public async Task<JwtClaims?> VerifyAsync(string token)
    {
        var known = _known;
        var result = known.Verify(token);
        if (result.Outcome == JwtOutcome.UnknownKey)
        {
            known = await RefreshAsync(known);
            result = known.Verify(token);
        }

        return result is { IsVerified: true, Type: JwtTypes.AccessToken } && result.Claims.Issuer == known.Issuers[result.Key] ? result.Claims : null;
    }

    private async Task<Known> RefreshAsync(Known seen)
    {
        await _refreshing.WaitAsync();
        try
        {
            var now = time.GetUtcNow();
            if (!ReferenceEquals(_known, seen) || now - seen.ReadAt < RefreshPause)
            {
                return _known;
            }

            var issuers = new Dictionary<JsonWebKey, string>();
            foreach (var key in await store.ListAsync())
            {
                if (JsonWebKey.TryParse(Encoding.UTF8.GetBytes(key.PublicJwk), out var parsed, out _))
                {
                    issuers[parsed] = key.Issuer;
                }
            }

            return _known = new Known([.. issuers.Keys], issuers.ToFrozenDictionary(), now);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    private sealed class Known(IReadOnlyList<JsonWebKey> keys, FrozenDictionary<JsonWebKey, string> issuers, DateTimeOffset readAt)
    {
        private readonly JwtVerifier _verifier = new(new JsonWebKeySet(keys).Find);

        public FrozenDictionary<JsonWebKey, string> Issuers => issuers;

        public DateTimeOffset ReadAt => readAt;

        public JwtResult Verify(string token) => _verifier.Verify(Encoding.UTF8.GetBytes(token));
    }
}
