using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tollgate.KeyManager.Issue;

namespace Tollgate.KeyManager.Verify;

/// <summary>GET /oauth2/jwks: the public keys (RFC 7517).</summary>
internal sealed class JwksEndpoint(SigningKeys keys)
{
    public async Task HandleAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        http.Response.Headers.CacheControl = "public, max-age=300";
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            keys.Published.WriteTo(writer);
        }

        await http.Response.Body.WriteAsync(buffer.ToArray(), http.RequestAborted);
    }
}
