using Microsoft.AspNetCore.Http;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Clients;
using Tollgate.Web.Rest;

namespace Tollgate.KeyManager.Register;

/// <summary>POST /client-registration/v0.17/register: a client for the REST APIs, the same one again for the same name.</summary>
internal sealed class ClientEndpoint(ClientStore clients, ClientRules rules, ClientSecrets secrets, RequestSignIn signIn)
{
    public async Task HandleAsync(HttpContext http)
    {
        var caller = await signIn.RequireAsync(http);
        RefuseTokenWithoutScope(http, caller);
        var wanted = await rules.CheckAsync(caller, await JsonBody.ReadAsync<ClientRequest>(http));
        var client = await clients.FindByNameAsync(wanted.Organization, wanted.Owner, wanted.Name) ?? await clients.AddAsync(wanted);
        http.Response.Headers.CacheControl = "no-store";
        await JsonAnswer.WriteAsync(http, ClientResource.Of(client, secrets.Of(client.ClientId)));
    }

    // Whoever shows a password may register; a token may only if it was issued for that.
    private static void RefuseTokenWithoutScope(HttpContext http, Caller caller)
    {
        if (AuthorizationHeader.Bearer(http) is not null && !caller.Has(RestScopes.ClientRegister))
        {
            http.Response.Headers.WWWAuthenticate = $"Bearer realm=\"Tollgate\", error=\"insufficient_scope\", scope=\"{RestScopes.ClientRegister}\"";
            throw new Refusal(
                401, 401, "Unauthenticated request", $"The token lacks the scope {RestScopes.ClientRegister}; or sign in with user and password.");
        }
    }
}
