using System.Net;
using Microsoft.AspNetCore.Http;
using Tollgate.Model;
using Tollgate.Security.Secrets;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Applications;
using Tollgate.Storage.Clients;
using Tollgate.Storage.Users;

namespace Tollgate.KeyManager;

/// <summary>Authenticates OAuth clients: Basic, or consumer key and secret in the form (RFC 6749 section 2.3.1).</summary>
internal sealed class ClientAuthentication(
    CredentialStore credentials, ClientSecretStore secrets, ApplicationStore applications, ClientStore registered, OrganizationStore organizations,
    TimeProvider time)
{
    /// <summary>The client, or the error that RFC 6749 prescribes.</summary>
    public async Task<Client> RequireAsync(HttpContext http, OAuthRequest request)
    {
        var basic = http.Request.Headers.Authorization.Count > 0;
        if (basic && request.Find("client_secret") is not null)
        {
            throw OAuthError.InvalidRequest("Authenticate the client in one way only: with Basic or in the form.");
        }

        var (key, secret) = basic ? FromBasic(http) : (request.Find("client_id"), request.Find("client_secret"));
        return await FindAsync(key, secret) ?? throw OAuthError.InvalidClient(basic);
    }

    /// <summary>The client with this key and secret, or null.</summary>
    public async Task<Client?> FindAsync(string? key, string? secret)
    {
        if (key is null || secret is null)
        {
            return null;
        }

        var seenAt = time.GetUtcNow().ToUnixTimeSeconds();
        var client = await OfApplicationAsync(key, seenAt) ?? await RegisteredAsync(key, seenAt);
        return client is not null && Application.MayBeUsed(client.Application.Status)
            && (GeneratedSecret.Matches(secret, client.Credential.SecretHash) || await secrets.KnowsAsync(key, secret))
            && await organizations.IsActiveAsync(client.Application.Organization)
            ? client
            : null;
    }

    private async Task<Client?> OfApplicationAsync(string key, long seenAt) =>
        await credentials.FindAsync(key) is { } credential
        && await applications.FindAsync(credential.Organization, credential.ApplicationId) is { } application
            ? new Client(credential, application, seenAt)
            : null;

    private async Task<Client?> RegisteredAsync(string key, long seenAt) =>
        await registered.FindAsync(key) is { } client ? new Client(client.AsCredential(), client.AsApplication(), seenAt) : null;

    // Both halves are form-encoded inside Basic (RFC 6749 section 2.3.1); our keys and secrets never need it, clients may do it all the same.
    private static (string? Key, string? Secret) FromBasic(HttpContext http) => AuthorizationHeader.Basic(http) is { } basic
        ? (WebUtility.UrlDecode(basic.Name), WebUtility.UrlDecode(basic.Password))
        : (null, null);
}
