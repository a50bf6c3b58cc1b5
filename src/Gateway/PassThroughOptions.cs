using Tollgate.Model.Settings;

namespace Tollgate.Gateway;

/// <summary>Paths on the gateway's ports that the key manager answers.</summary>
public sealed record PassThroughOptions
{
    [Setting("token_endpoint_context", "Path on the gateway's ports that is passed on to the key manager's token endpoint; empty for none.")]
    public string Token { get; init; } = "/token";

    [Setting("revoke_endpoint_context", "The same for the revocation endpoint.")]
    public string Revoke { get; init; } = "/revoke";

    [Setting("authorize_endpoint_context", "The same for the authorization endpoint.")]
    public string Authorize { get; init; } = "/authorize";

    [Setting("userinfo_endpoint_context", "The same for the UserInfo endpoint.")]
    public string UserInfo { get; init; } = "/userinfo";

    /// <summary>Those that are set, with where the key manager has them.</summary>
    internal IEnumerable<(string Own, string Target)> Paths => ((string, string)[])
    [
        (Token, "/oauth2/token"), (Revoke, "/oauth2/revoke"), (Authorize, "/oauth2/authorize"), (UserInfo, "/oauth2/userinfo"),
    ];
}
