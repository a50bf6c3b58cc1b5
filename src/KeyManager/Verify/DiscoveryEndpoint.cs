using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tollgate.KeyManager.Issue;

namespace Tollgate.KeyManager.Verify;

/// <summary>The server's metadata (OpenID Connect Discovery 1.0 section 4, RFC 8414): what is listed answers.</summary>
internal sealed class DiscoveryEndpoint(KeyManagerOptions options, Grants grants)
{
    public Task HandleAsync(HttpContext http) => OAuthAnswer.WriteAsync(http, 200, Write);

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("issuer", options.Issuer);
        writer.WriteString("token_endpoint", options.BaseUrl + "/oauth2/token");
        writer.WriteString("revocation_endpoint", options.BaseUrl + "/oauth2/revoke");
        writer.WriteString("introspection_endpoint", options.BaseUrl + "/oauth2/introspect");
        writer.WriteString("jwks_uri", options.BaseUrl + "/oauth2/jwks");
        WriteList(writer, "grant_types_supported", grants.All.Select(grant => grant.Type));
        WriteList(writer, "response_types_supported", []);
        foreach (var endpoint in (string[])["token", "revocation", "introspection"])
        {
            WriteList(writer, endpoint + "_endpoint_auth_methods_supported", ["client_secret_basic", "client_secret_post"]);
        }
    }

    private static void WriteList(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}
