using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Security.Fetch;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.KeyManagers;

/// <summary>POST /key-managers/discover: reads what a key manager says of itself (RFC 8414, OpenID Connect Discovery).</summary>
internal sealed class DiscoverEndpoint(GuardedClients clients)
{
    private const int MaxForm = 16 * 1024;
    private const int MaxDocument = 256 * 1024;

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/key-managers/discover", DiscoverAsync)
        .Needs(RestScopes.Admin, RestScopes.AdminOperations, RestScopes.KeyManagersManage);

    private async Task DiscoverAsync(HttpContext http)
    {
        var form = await MultipartForm.ReadAsync(http, MaxForm);
        var url = form.Text("url") ?? throw Refusal.BadRequest("The form has no field 'url' with the address of the metadata.");
        var fetched = await clients.Jwks.GetAsync(url, MaxDocument, http.RequestAborted);
        if (fetched.Problem is not null)
        {
            throw Refusal.BadRequest($"The metadata could not be read. {fetched.Problem}");
        }

        await JsonAnswer.WriteAsync(http, new Discovered(true, Read(fetched.Content, url, form.Text("type") ?? "Custom")));
    }

    private static KeyManagerResource Read(byte[] content, string url, string type)
    {
        try
        {
            var metadata = JsonSerializer.Deserialize<Metadata>(content)!;
            return new KeyManagerResource
            {
                Name = Uri.TryCreate(metadata.Issuer, UriKind.Absolute, out var issuer) ? issuer.Host : type,
                Type = Connectors.Find(type)?.Type ?? type,
                WellKnownEndpoint = url,
                Issuer = metadata.Issuer,
                AvailableGrantTypes = metadata.GrantTypes ?? [],
                TokenEndpoint = metadata.Token,
                RevokeEndpoint = metadata.Revoke,
                IntrospectionEndpoint = metadata.Introspect,
                AuthorizeEndpoint = metadata.Authorize,
                UserInfoEndpoint = metadata.UserInfo,
                ClientRegistrationEndpoint = metadata.Register,
                Certificates = metadata.Keys is null ? null : new KeyManagerCertificates("JWKS", metadata.Keys),
            };
        }
        catch (JsonException)
        {
            throw Refusal.BadRequest("What stands under the URL is not the JSON metadata of a key manager.");
        }
    }

    private sealed record Discovered(bool Valid, KeyManagerResource Value);

    private sealed record Metadata
    {
        [JsonPropertyName("issuer")]
        public string? Issuer { get; init; }

        [JsonPropertyName("grant_types_supported")]
        public IReadOnlyList<string>? GrantTypes { get; init; }

        [JsonPropertyName("token_endpoint")]
        public string? Token { get; init; }

        [JsonPropertyName("revocation_endpoint")]
        public string? Revoke { get; init; }

        [JsonPropertyName("introspection_endpoint")]
        public string? Introspect { get; init; }

        [JsonPropertyName("authorization_endpoint")]
        public string? Authorize { get; init; }

        [JsonPropertyName("userinfo_endpoint")]
        public string? UserInfo { get; init; }

        [JsonPropertyName("registration_endpoint")]
        public string? Register { get; init; }

        [JsonPropertyName("jwks_uri")]
        public string? Keys { get; init; }
    }
}
