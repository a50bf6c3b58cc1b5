using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.DevPortal.Register;
using Tollgate.Model;
using Tollgate.Security.Secrets;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Applications;
using Tollgate.Storage.Clients;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Keys;

/// <summary>POST /applications/{applicationId}/map-keys: an application takes over a client that was registered for scripts.</summary>
/// <remarks>The registration stays: when the mapping is removed, the client is what it was before.</remarks>
internal sealed class MapEndpoint(
    OwnApplications own, CredentialStore credentials, ClientSecretStore secrets, ClientStore registered, KeyApprovals approvals,
    TimeProvider time)
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/applications/{applicationId}/map-keys", MapAsync).Needs(KeyEndpoints.Use);

    private async Task MapAsync(HttpContext http)
    {
        var application = await own.NeedToChangeAsync(http.Caller(), http.Path("applicationId"));
        var wanted = await JsonBody.ReadAsync<MapRequest>(http);
        var keyType = KeyRules.KeyTypeOf(wanted.KeyType);
        KeyRules.RefuseOtherKeyManager(wanted.KeyManager);
        if (await IsMappedAsync(wanted))
        {
            throw Refusal.Conflict(409, "Keys are mapped", $"The consumer key '{wanted.ConsumerKey}' belongs to an application already.");
        }

        // Who cannot prove that the client is his does not learn whether it exists.
        var client = await registered.FindAsync(wanted.ConsumerKey);
        if (client?.Organization != application.Organization || !GeneratedSecret.Matches(wanted.ConsumerSecret ?? "", client.SecretHash))
        {
            throw Refusal.BadRequest("There is no client with this consumerKey and consumerSecret.");
        }

        var credential = client.AsCredential() with
        {
            KeyMappingId = Guid.CreateVersion7(time.GetUtcNow()).ToString(),
            ApplicationId = application.Id,
            KeyType = keyType,
            IsMapped = true,
            CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        await JsonAnswer.WriteAsync(http, await approvals.CreateAsync(http.Caller(), application, credential, null));
    }

    private async Task<bool> IsMappedAsync(MapRequest wanted) =>
        wanted.ConsumerSecret is { } secret
        && await credentials.FindAsync(wanted.ConsumerKey) is { } known
        && (GeneratedSecret.Matches(secret, known.SecretHash) || await secrets.KnowsAsync(known.ConsumerKey, secret));

    private sealed record MapRequest
    {
        public required string ConsumerKey { get; init; }

        public string? ConsumerSecret { get; init; }

        public string? KeyManager { get; init; }

        public required string KeyType { get; init; }
    }
}
