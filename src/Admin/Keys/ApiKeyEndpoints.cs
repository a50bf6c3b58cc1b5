using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Applications;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Keys;

/// <summary>/api-keys: everybody's keys, and an end to any of them.</summary>
internal sealed class ApiKeyEndpoints(ApiKeyStore keys)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api-keys", ListAsync).Needs(RestScopes.Admin);
        routes.MapPost("/api-keys/revoke", RevokeAsync).Needs(RestScopes.Admin);
    }

    // The contract's list has no pagination block; limit and offset work all the same.
    private async Task ListAsync(HttpContext http)
    {
        var page = http.Query("limit") is null ? http.Page() with { Limit = PageRequest.MaxLimit } : http.Page();
        var found = await keys.ListAsync(http.Caller().Organization, page);
        await JsonAnswer.WriteAsync(http, Lists.Whole<ApiKeyResource>([.. found.Items.Select(ApiKeyResource.Of)]));
    }

    private async Task RevokeAsync(HttpContext http)
    {
        var id = (await JsonBody.ReadAsync<ApiKeyRevocation>(http)).KeyUUID;
        await keys.RemoveAsync(await keys.FindAsync(http.Caller().Organization, id) ?? throw Refusal.NotFound(404, "API key", id));
    }
}

/// <summary>Names the key to revoke.</summary>
internal sealed record ApiKeyRevocation
{
    public required string KeyUUID { get; init; }
}

/// <summary>An API key as the REST contract shows it to administrators.</summary>
internal sealed record ApiKeyResource(
    string KeyUUID, string? KeyName, string? ApiName, string? ApplicationName, string KeyType, string User, long IssuedOn, long ValidityPeriod,
    long? LastUsed)
{
    public static ApiKeyResource Of(NamedApiKey named) => new(
        named.Key.Id, named.Key.Name.Length > 0 ? named.Key.Name : null, named.ApiName, named.ApplicationName,
        EnumText<KeyType>.Of(named.Key.KeyType), named.Key.Owner, named.Key.CreatedAt, named.Key.Validity,
        named.Key.LastUsedAt > 0 ? named.Key.LastUsedAt : null);
}
