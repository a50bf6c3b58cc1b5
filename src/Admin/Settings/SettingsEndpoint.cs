using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Settings;

/// <summary>GET /settings: what an administrator's client must know of this deployment.</summary>
internal static class SettingsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/settings", GetAsync).Needs(RestScopes.Admin, RestScopes.AdminSettings);

    private static Task GetAsync(HttpContext http) => JsonAnswer.WriteAsync(http, new AdminSettings
    {
        Scopes = [.. http.Caller().Scopes.Order(StringComparer.Ordinal)],
        GatewayTypes = ["Regular"],
    });

    private sealed record AdminSettings
    {
        public required IReadOnlyList<string> Scopes { get; init; }

        public required IReadOnlyList<string> GatewayTypes { get; init; }

        public bool AnalyticsEnabled { get; init; }

        public bool TransactionCounterEnable { get; init; }
    }
}
