using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Publisher.Design.OpenApi;
using Tollgate.Security.Fetch;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Apis;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Design;

/// <summary>Questions before something is saved: is a definition valid, is a name taken, does a backend answer.</summary>
internal sealed class ValidationEndpoints(DefinitionSource source, ApiStore apis, ApiLookup lookup, GuardedClients outbound)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/apis/validate-openapi", DefinitionAsync).Needs(RestScopes.ApiCreate, RestScopes.ApiManage);
        routes.MapPost("/apis/validate", TakenAsync).Needs(RestScopes.ApiCreate, RestScopes.ApiManage);
        routes.MapPost("/apis/validate-endpoint", EndpointAsync).Needs(RestScopes.ApiCreate, RestScopes.ApiManage);
    }

    private async Task DefinitionAsync(HttpContext http)
    {
        var form = await source.FormAsync(http);
        try
        {
            var read = await source.ReadAsync(form, "inlineAPIDefinition", http.RequestAborted);
            await JsonAnswer.WriteAsync(http, DefinitionFindings.Of(read, http.Query("returnContent") is "true"));
        }
        catch (Refusal refusal) when (refusal.Status == StatusCodes.Status400BadRequest)
        {
            // That a definition is invalid is the answer here and no failure.
            await JsonAnswer.WriteAsync(http, DefinitionFindings.Of(refusal));
        }
    }

    // 200 when it is taken and 404 when it is free, as the contract has it.
    private async Task TakenAsync(HttpContext http)
    {
        var query = http.NeedQuery("query");
        var colon = query.IndexOf(':', StringComparison.Ordinal);
        var (what, value) = colon < 0 ? ("name", query) : (query[..colon].ToLowerInvariant(), query[(colon + 1)..].Trim('"'));
        var taken = what switch
        {
            "name" => await apis.IsNameTakenAsync(http.Caller().Organization, value),
            "context" => await apis.IsContextTakenAsync(http.Caller().Organization, value.StartsWith('/') ? value : "/" + value),
            _ => throw Refusal.BadRequest("query is name:<name> or context:<context>."),
        };
        http.Response.StatusCode = taken ? StatusCodes.Status200OK : throw Refusal.NotFound(404, $"API with this {what}", value);
    }

    private async Task EndpointAsync(HttpContext http)
    {
        if (http.Query("apiId") is { } apiId)
        {
            await lookup.NeedAsync(http.Caller(), apiId);
        }

        var probed = await outbound.EndpointTest.ProbeAsync(http.NeedQuery("endpointUrl"), http.RequestAborted);
        await JsonAnswer.WriteAsync(
            http,
            probed.Problem is { } problem
                ? new EndpointFindings(0, "unreachable", problem)
                : new EndpointFindings((int)probed.Status, probed.Reason ?? "", null));
    }
}

/// <summary>Whether somebody answers at an endpoint.</summary>
internal sealed record EndpointFindings(int StatusCode, string StatusMessage, string? Error);

/// <summary>What the reading of a definition came to.</summary>
internal sealed record DefinitionFindings
{
    public required bool IsValid { get; init; }

    public string? Content { get; init; }

    public DefinitionSummary? Info { get; init; }

    public IReadOnlyList<DefinitionError>? Errors { get; init; }

    public static DefinitionFindings Of(ImportedDefinition read, bool withContent) => new()
    {
        IsValid = true,
        Content = withContent ? read.Json : null,
        Info = new DefinitionSummary(read.Title, read.Version, read.BasePath, read.Description, read.OpenApiVersion, read.ServerUrls, read.Operations),
    };

    public static DefinitionFindings Of(Refusal refusal) => new()
    {
        IsValid = false,
        Errors = [new DefinitionError($"{refusal.Code}", refusal.Title, refusal.Description)],
    };
}

/// <summary>What a definition says of the API.</summary>
internal sealed record DefinitionSummary(
    string Name, string Version, string? Context, string? Description, string OpenAPIVersion, IReadOnlyList<string> Endpoints,
    IReadOnlyList<Operation> Operations);

/// <summary>Why a definition is not valid.</summary>
internal sealed record DefinitionError(string Code, string Message, string Description);
