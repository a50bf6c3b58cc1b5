using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Model.Settings;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Environments;
using Tollgate.Storage.Users;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Settings;

/// <summary>GET /settings: what a publisher's client must know of this deployment.</summary>
internal sealed class SettingsEndpoint(EnvironmentStore environments, OrganizationSettingsStore settings, PublisherOptions options)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/settings", GetAsync).Needs(RestScopes.ApiView, RestScopes.PublisherSettings);

    private async Task GetAsync(HttpContext http) => await JsonAnswer.WriteAsync(http, new PublisherSettings
    {
        DevportalUrl = options.DevPortalUrl,
        DocVisibilityEnabled = options.DocumentVisibility,
        Environment = [.. (await EnvironmentsAsync(http.Caller())).Select(EnvironmentResource.Of)],
        GatewayTypes = ["Regular"],
        Scopes = [.. http.Caller().Scopes.Order(StringComparer.Ordinal)],
        DefaultAdvancePolicy = ThrottlingPolicy.Unlimited,
        DefaultSubscriptionPolicy = ThrottlingPolicy.Unlimited,
        AuthorizationHeader = "Authorization",
        CustomProperties = [.. (await settings.FindAsync(http.Caller().Organization)).CustomProperties.Select(AskedProperty.Of)],
    });

    private async Task<IEnumerable<GatewayEnvironment>> EnvironmentsAsync(Caller caller) =>
        (await environments.ListAsync(caller.Organization)).Where(environment => environment.Admits(caller.Roles));

    private sealed record PublisherSettings
    {
        public required string DevportalUrl { get; init; }

        public required IReadOnlyList<EnvironmentResource> Environment { get; init; }

        public required IReadOnlyList<string> GatewayTypes { get; init; }

        public required IReadOnlyList<string> Scopes { get; init; }

        public required string DefaultAdvancePolicy { get; init; }

        public required string DefaultSubscriptionPolicy { get; init; }

        public required string AuthorizationHeader { get; init; }

        public required IReadOnlyList<AskedProperty> CustomProperties { get; init; }

        public bool ExternalStoresEnabled { get; init; }

        public bool DocVisibilityEnabled { get; init; }

        public bool CrossTenantSubscriptionEnabled { get; init; }

        public bool AllowSubscriptionValidationDisabling { get; init; }
    }

    private sealed record AskedProperty(string Name, string Description, bool Required)
    {
        public static AskedProperty Of(CustomProperty property) => new(property.Name, property.Description, property.Required);
    }
}
