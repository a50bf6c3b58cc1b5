using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tollgate.Model;
using Tollgate.Storage.Tokens;

namespace Tollgate.KeyManager.Verify;

/// <summary>GET /internal/tokens/{hash}: what a gateway must know of an opaque token that it sees for the first time.</summary>
internal sealed class TokenQuestionEndpoint(AccessTokenStore tokens)
{
    public async Task HandleAsync(HttpContext http)
    {
        var hash = (string)http.Request.RouteValues["hash"]!;
        var token = await tokens.FindAsync(hash) ?? throw Refusal.NotFound(404, "access token", hash);
        http.Response.ContentType = "application/json";
        http.Response.Headers.CacheControl = "no-store";
        await JsonSerializer.SerializeAsync(http.Response.Body, token, ModelJson.Options, http.RequestAborted);
    }
}
