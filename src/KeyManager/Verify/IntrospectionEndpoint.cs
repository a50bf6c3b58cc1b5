using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tollgate.Model;
using Tollgate.Security.Jose;
using Tollgate.Security.Secrets;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Tokens;

namespace Tollgate.KeyManager.Verify;

/// <summary>POST /oauth2/introspect (RFC 7662), for OAuth clients and administrators.</summary>
internal sealed class IntrospectionEndpoint(
    ClientAuthentication clients, ActiveTokens tokens, AuthorizationStore authorizations, RequestSignIn signIn)
{
    public async Task HandleAsync(HttpContext http)
    {
        var request = await OAuthRequest.ReadAsync(http);
        await AuthenticateAsync(http, request);
        var token = request.Need("token");
        if (IsAccessToken(token))
        {
            var claims = await tokens.FindAsync(token);
            await OAuthAnswer.WriteAsync(http, 200, writer => Write(writer, claims));
        }
        else
        {
            var authorization = await authorizations.FindUsableAsync(GeneratedSecret.Hash(token));
            await OAuthAnswer.WriteAsync(http, 200, writer => Write(writer, authorization));
        }
    }

    /// <summary>A JWT, or as long as opaque access tokens are; refresh tokens are shorter.</summary>
    private static bool IsAccessToken(string token) => token.Length == OpaqueSecrets.TextLength || token.Contains('.', StringComparison.Ordinal);

    private async Task AuthenticateAsync(HttpContext http, OAuthRequest request)
    {
        var (name, password) = AuthorizationHeader.Basic(http) ?? (request.Find("client_id") ?? "", request.Find("client_secret") ?? "");
        if (await clients.FindAsync(name, password) is not null)
        {
            return;
        }

        Caller? caller;
        try
        {
            caller = await signIn.TryAsync(http);
        }
        catch (Refusal)
        {
            caller = null;
        }

        if (caller?.Has(RestScopes.Admin) != true)
        {
            throw OAuthError.InvalidClient(challenge: true);
        }
    }

    private static void Write(Utf8JsonWriter writer, JwtClaims? claims)
    {
        writer.WriteBoolean("active", claims is not null);
        if (claims is null)
        {
            return;
        }

        claims.WriteTo(writer);
        writer.WriteString("token_type", "Bearer");
        if (claims.AuthorizedUserType == TokenUserType.User)
        {
            writer.WriteString("username", claims.Subject);
        }
    }

    private static void Write(Utf8JsonWriter writer, Authorization? authorization)
    {
        writer.WriteBoolean("active", authorization is not null);
        if (authorization is not null)
        {
            writer.WriteString("client_id", authorization.ConsumerKey);
            writer.WriteString("scope", authorization.Scopes);
            writer.WriteString("username", authorization.Subject);
            writer.WriteString("token_type", "refresh_token");
            writer.WriteNumber("exp", authorization.ExpiresAt);
        }
    }
}
