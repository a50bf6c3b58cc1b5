using Tollgate.Model;
using Tollgate.Security.Secrets;
using Tollgate.SignIn;
using Tollgate.Storage.Users;

namespace Tollgate.KeyManager.Register;

/// <summary>Who may register which client.</summary>
internal sealed class ClientRules(UserStore users, ClientSecrets secrets, TimeProvider time)
{
    private const int MaxName = 200;
    private const int MaxCallback = 2000;
    private const string UsualGrants = "client_credentials password refresh_token";

    // Known in the field; what the token endpoint does not offer is kept and refused there.
    private static readonly IReadOnlyList<string> Known =
    [
        "client_credentials", "password", "refresh_token", "authorization_code", "implicit", "urn:ietf:params:oauth:grant-type:device_code",
        "urn:ietf:params:oauth:grant-type:jwt-bearer", "urn:ietf:params:oauth:grant-type:saml2-bearer",
        "urn:ietf:params:oauth:grant-type:token-exchange", "iwa:ntlm", "kerberos",
    ];

    /// <summary>The client as it would be registered anew.</summary>
    public async Task<RegisteredClient> CheckAsync(Caller caller, ClientRequest wanted)
    {
        var id = GeneratedSecret.NewIdentifier();
        var callback = string.IsNullOrWhiteSpace(wanted.CallbackUrl) ? null : wanted.CallbackUrl.Trim();
        return new RegisteredClient
        {
            ClientId = id,
            Organization = caller.Organization,
            Owner = await OwnerAsync(caller, wanted.Owner),
            Name = wanted.ClientName is { Length: > 0 and <= MaxName } name && name == name.Trim() && !name.Any(char.IsControl)
                ? name
                : throw Refusal.BadRequest($"clientName has 1 to {MaxName} characters and no spaces at its ends."),
            SecretHash = GeneratedSecret.Hash(secrets.Of(id)),
            GrantTypes = Grants(wanted.GrantType, callback),
            CallbackUrl = callback?.Length > MaxCallback || callback?.Any(char.IsControl) == true
                ? throw Refusal.BadRequest($"callbackUrl has at most {MaxCallback} characters.")
                : callback,
            SaasApp = wanted.SaasApp,
            TokenType = wanted.TokenType is null or "" or "JWT" or "DEFAULT" ? "JWT"
                : wanted.TokenType is Application.OpaqueTokens ? Application.OpaqueTokens
                : throw Refusal.BadRequest($"tokenType is JWT, or {Application.OpaqueTokens} for opaque tokens."),
            CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
    }

    // An administrator may register for others; that a user does not exist reads like that he is somebody else.
    private async Task<string> OwnerAsync(Caller caller, string? wanted)
    {
        var suffix = "@" + caller.Organization;
        var name = wanted?.Trim() is { Length: > 0 } given
            ? given.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) ? given[..^suffix.Length] : given
            : throw Refusal.BadRequest("owner is missing: name the user who registers the client.");
        return await users.FindByNameAsync(caller.Organization, name) is { } user && (user.Name == caller.UserName || caller.Has(RestScopes.Admin))
            ? user.Name
            : throw Refusal.Forbidden($"'{caller.UserName}' may not register a client for '{name}'.");
    }

    private static IReadOnlyList<string> Grants(string? wanted, string? callback)
    {
        var named = (string.IsNullOrWhiteSpace(wanted) ? UsualGrants : wanted).Split((char[])[' ', ','], StringSplitOptions.RemoveEmptyEntries);
        IReadOnlyList<string> granted = [.. named.Distinct().Where(grant =>
            Known.Contains(grant) && (callback is not null || grant is not ("authorization_code" or "implicit")))];
        return granted.Count > 0
            ? granted
            : throw Refusal.BadRequest($"grantType names no grant that is left: {string.Join(", ", Known)}; codes need a callbackUrl.");
    }
}
