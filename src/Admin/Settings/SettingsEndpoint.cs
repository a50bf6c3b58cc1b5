using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Admin.KeyManagers;
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
        KeyManagerConfiguration = [.. Connectors.All.Select(KeyManagerSettings.Of)],
    });

    private sealed record AdminSettings
    {
        public required IReadOnlyList<string> Scopes { get; init; }

        public required IReadOnlyList<string> GatewayTypes { get; init; }

        public required IReadOnlyList<KeyManagerSettings> KeyManagerConfiguration { get; init; }

        public bool AnalyticsEnabled { get; init; }

        public bool TransactionCounterEnable { get; init; }

        public bool OrgAccessControlEnabled { get; init; }
    }

    private sealed record KeyManagerSettings(
        string Type, string DisplayName, string DefaultConsumerKeyClaim, string DefaultScopesClaim, IReadOnlyList<PropertySettings> Configurations)
    {
        public static KeyManagerSettings Of(Connector connector) => new(
            connector.Type, connector.DisplayName, connector.ConsumerKeyClaim, connector.ScopesClaim,
            [.. connector.Properties.Select(one => new PropertySettings(one.Name, one.Label, "input", one.Required, one.Mask))]);
    }

    private sealed record PropertySettings(string Name, string Label, string Type, bool Required, bool Mask);
}
