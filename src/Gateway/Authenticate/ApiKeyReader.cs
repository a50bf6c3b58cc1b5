using Tollgate.Gateway.Authorize;
using Tollgate.Gateway.Follow;
using Tollgate.Model;
using Tollgate.Security.Jose;
using Tollgate.Security.Secrets;

namespace Tollgate.Gateway.Authenticate;

/// <summary>Verifies an API key the first time it is seen: a self-contained one by its signature, an opaque one by the snapshot.</summary>
internal static class ApiKeyReader
{
    /// <summary>The verified key, or null; <paramref name="maybeNew"/> when a newer snapshot might know it.</summary>
    public static TokenInfo? Read(ReadOnlySpan<byte> key, Snapshot snapshot, out bool maybeNew) =>
        key.Contains((byte)'.') ? ReadSelfContained(key, snapshot, out maybeNew) : ReadOpaque(key, snapshot, out maybeNew);

    private static TokenInfo? ReadSelfContained(ReadOnlySpan<byte> key, Snapshot snapshot, out bool maybeNew)
    {
        var result = snapshot.Keys.Verifier.Verify(key);
        maybeNew = result.Outcome == JwtOutcome.UnknownKey;
        return result is { IsVerified: true, Type: JwtTypes.ApiKey }
            && result.Claims is { IssuedAt: { } issuedAt, TokenId: { } tokenId, ApplicationId: { } applicationId } claims
            && EnumText<KeyType>.TryParse(claims.KeyType, out var keyType)
            && claims.Issuer == snapshot.Keys.IssuerOf(result.Key)
            ? new TokenInfo
            {
                Kind = TokenKind.ApiKey,
                Key = result.Key,
                Text = key.ToArray(),
                ExpiresAt = claims.ExpiresAt?.ToUnixTimeSeconds() ?? long.MaxValue,
                IssuedAt = issuedAt.ToUnixTimeSeconds(),
                TokenId = tokenId,
                ApplicationId = applicationId,
                KeyType = keyType,
                Callers = PermittedCallers.Of(claims.PermittedIp, claims.PermittedReferer),
            }
            : null;
    }

    // What is not of our making is refused before anything is looked up or waited for.
    private static TokenInfo? ReadOpaque(ReadOnlySpan<byte> key, Snapshot snapshot, out bool maybeNew)
    {
        maybeNew = false;
        if (snapshot.Secrets?.IsGenuine(OpaqueKind.ApiKey, key) != true)
        {
            return null;
        }

        var hash = GeneratedSecret.Hash(key);
        if (!snapshot.ApiKeys.TryGetValue(hash, out var known))
        {
            maybeNew = !snapshot.DeletedKeys.Contains(hash);
            return null;
        }

        return new TokenInfo
        {
            Kind = TokenKind.ApiKey,
            ExpiresAt = known.ExpiresAt == 0 ? long.MaxValue : known.ExpiresAt,
            IssuedAt = 0,
            SecretHash = hash,
        };
    }
}
