using Tollgate.Model;
using Tollgate.Security.Jose;
using Tollgate.Storage.Tokens;

namespace Tollgate.DevPortal.Keys;

/// <summary>Signs API keys that say all about themselves, with the resident key manager's newest key.</summary>
internal sealed class SelfContainedKeys(SigningKeyStore keys)
{
    public async Task<string> SignAsync(ApiKey key)
    {
        var newest = (await keys.ListAsync()).FirstOrDefault() ?? throw new Refusal(
            503, 503, "Service Unavailable", "The key manager has no signing key yet; start it once, then try again.");
        var signer = new JwtSigner(JsonWebKey.FromPkcs8(JwsAlgorithm.RS256, newest.PrivateKey, newest.KeyId));
        var claims = new JwtClaims
        {
            Issuer = newest.Issuer,
            Subject = $"{key.Owner}@{key.Organization}",
            TokenId = key.TokenId,
            IssuedAt = DateTimeOffset.FromUnixTimeMilliseconds(key.CreatedAt),
            ExpiresAt = key.Validity == ApiKey.NoEnd ? null : DateTimeOffset.FromUnixTimeSeconds(key.ExpiresAt),
            ApplicationId = key.ApplicationId,
            KeyType = EnumText<KeyType>.Of(key.KeyType),
            PermittedIp = key.PermittedIp,
            PermittedReferer = key.PermittedReferer,
        };
        return signer.Sign(JwtTypes.ApiKey, writer =>
        {
            claims.WriteTo(writer);
            writer.WriteString("token_type", "apiKey");
        });
    }
}
