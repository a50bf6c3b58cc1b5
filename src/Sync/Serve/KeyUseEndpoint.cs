using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Model.Runtime;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Audit;
using Tollgate.Storage.Applications;

namespace Tollgate.Sync.Serve;

/// <summary>POST /internal/api-keys/used: gateways report which API keys were used.</summary>
internal sealed class KeyUseEndpoint(ApiKeyStore keys)
{
    private const int MostPerReport = 1000;

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(FeedNames.KeyUsePath, HandleAsync)
        .NodesOnly().Unaudited("A node reports what happened; nobody changed anything.");

    private async Task HandleAsync(HttpContext http)
    {
        List<RuntimeKeyUse>? uses;
        try
        {
            uses = await JsonSerializer.DeserializeAsync<List<RuntimeKeyUse>>(http.Request.Body, ModelJson.Options, http.RequestAborted);
        }
        catch (JsonException)
        {
            uses = null;
        }

        if (uses is null or { Count: > MostPerReport })
        {
            throw Refusal.BadRequest($"A report is a JSON list of at most {MostPerReport} uses.");
        }

        await keys.UsedAsync(uses);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
