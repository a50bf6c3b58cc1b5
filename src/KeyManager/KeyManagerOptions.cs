using Tollgate.Model.Settings;

namespace Tollgate.KeyManager;

/// <summary>Settings of the key manager.</summary>
public sealed record KeyManagerOptions
{
    /// <summary>Base URL of this node's management port; the server fills it in.</summary>
    public string BaseUrl { get; init; } = "https://localhost:9443";

    [Setting("oauth.token_validation.app_access_token_validity", "Life of access tokens that an application gets for itself.", Unit = "s")]
    public TimeSpan ApplicationTokenValidity { get; init; } = TimeSpan.FromHours(1);

    [Setting("oauth.token_validation.user_access_token_validity", "Life of access tokens that speak for a user.", Unit = "s")]
    public TimeSpan UserTokenValidity { get; init; } = TimeSpan.FromHours(1);

    [Setting("oauth.token_validation.refresh_token_validity", "Life of refresh tokens.", Unit = "s")]
    public TimeSpan RefreshTokenValidity { get; init; } = TimeSpan.FromDays(1);

    [Setting(
        "apim.oauth_config.allowed_scopes", "Patterns (regular expressions) of scopes that are granted without asking for a role.",
        Aliases = ["apim.oauth_config.white_listed_scopes"])]
    public IReadOnlyList<string> AllowedScopes { get; init; } = ["^device_.*", "openid"];

    [Setting("apim.oauth_config.default_app_scope", "The scope of a token when none of the requested ones is granted.")]
    public string DefaultScope { get; init; } = "default";

    /// <summary>When a refresh token made now for this client expires; its owner's choice wins over the system's.</summary>
    internal long RefreshTokenExpiry(Client client, DateTimeOffset now)
    {
        var chosen = client.Credential.Terms.RefreshTokenValidity;
        return (now + (chosen > 0 ? TimeSpan.FromSeconds(chosen) : RefreshTokenValidity)).ToUnixTimeSeconds();
    }

    /// <summary>The <c>iss</c> of tokens: the token endpoint's URL, as in the field.</summary>
    public string Issuer => BaseUrl + "/oauth2/token";
}
