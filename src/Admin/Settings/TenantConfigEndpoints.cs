using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Users;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Settings;

/// <summary>/tenant-config: the settings of the caller's organization as one JSON document.</summary>
internal sealed class TenantConfigEndpoints(OrganizationSettingsStore settings)
{
    private const int MaxDocument = 256 * 1024;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/tenant-config", GetAsync).Needs(RestScopes.Admin);
        routes.MapPut("/tenant-config", ReplaceAsync).Needs(RestScopes.Admin);
        routes.MapGet("/tenant-config-schema", http => JsonAnswer.WriteAsync(http, TenantConfig.Schema)).Needs(RestScopes.Admin);
    }

    private async Task GetAsync(HttpContext http) =>
        await JsonAnswer.WriteAsync(http, TenantConfig.Document(await settings.FindAsync(http.Caller().Organization)));

    private async Task ReplaceAsync(HttpContext http)
    {
        var wanted = TenantConfig.Checked(await JsonBody.ReadAsync<JsonElement>(http, MaxDocument));
        await settings.ReplaceAsync(http.Caller().Organization, wanted);
        await JsonAnswer.WriteAsync(http, TenantConfig.Document(wanted));
    }
}
