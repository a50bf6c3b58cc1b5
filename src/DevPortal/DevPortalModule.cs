using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.DevPortal.Carry;
using Tollgate.DevPortal.Discover;
using Tollgate.DevPortal.Discuss;
using Tollgate.DevPortal.Join;
using Tollgate.DevPortal.Keys;
using Tollgate.DevPortal.Register;
using Tollgate.DevPortal.Subscribe;
using Tollgate.DevPortal.Watch;
using Tollgate.Eventing;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Web.Pages;

namespace Tollgate.DevPortal;

/// <summary>The face of the module.</summary>
public static class DevPortalModule
{
    internal const string BasePath = "/api/am/devportal/v3";

    public static void AddDevPortal(this IServiceCollection services, DevPortalOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<VisibleApis>();
        services.AddSingleton<GatewayUrls>();
        services.AddSingleton<CatalogueAccess>();
        services.AddSingleton<CatalogueEndpoints>();
        services.AddSingleton<DocumentEndpoints>();
        services.AddSingleton<CommentEndpoints>();
        services.AddSingleton<RatingEndpoints>();
        services.AddSingleton<SearchEndpoints>();
        services.AddSingleton<RecommendationEndpoint>();
        services.AddSingleton<PlanEndpoints>();
        services.AddSingleton<SettingsEndpoints>();
        services.AddSingleton<CategoryEndpoints>();
        services.AddSingleton<OwnApplications>();
        services.AddSingleton<ApplicationAttributes>();
        services.AddSingleton<AttributeEndpoint>();
        services.AddSingleton<ApplicationRules>();
        services.AddSingleton<ApplicationPages>();
        services.AddSingleton<ThrottleResetEndpoint>();
        services.AddSingleton<ApplicationEndpoints>();
        services.AddSingleton<ApplicationApprovals>();
        services.AddSingleton<SubscriptionApprovals>();
        services.AddSingleton<SubscriptionRules>();
        services.AddSingleton<SubscriptionPages>();
        services.AddSingleton<OwnSubscriptions>();
        services.AddSingleton<SubscriptionEndpoints>();
        services.AddSingleton<AdditionalInfoEndpoint>();
        services.AddSingleton<EventEndpoints>();
        services.AddSingleton<KeyRules>();
        services.AddSingleton<KeyApprovals>();
        services.AddSingleton<ExportEndpoint>();
        services.AddSingleton<ImportApplication>();
        services.AddSingleton<ImportEndpoint>();
        services.AddSingleton<SignUpRules>();
        services.AddSingleton<SignUpApprovals>();
        services.AddSingleton<RequestedOrganization>();
        services.AddSingleton<SignUpDoor>();
        services.AddSingleton<SignUpEndpoint>();
        services.AddSingleton<SignUpPages>();
        services.AddSingleton<CataloguePages>();
        services.AddSingleton<FirstCall>();
        services.AddSingleton<SubscribePages>();
        services.AddSingleton<SubscriptionEndPages>();
        services.AddSingleton<OneApplicationPage>();
        services.AddSingleton<ApplicationSitePages>();
        services.AddSingleton<KeyPages>();
        services.AddSingleton<ChangePasswordEndpoint>();
        services.AddSingleton(provider => new AnnouncedUsage(provider.GetService<Bus>(), provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService(provider => provider.GetRequiredService<AnnouncedUsage>());
        services.AddSingleton<QuotaEndpoints>();
        services.AddSingleton<OwnKeys>();
        services.AddSingleton<KeyEndpoints>();
        services.AddSingleton<SelfContainedKeys>();
        services.AddSingleton<ApiKeyRules>();
        services.AddSingleton<ApiKeyEndpoints>();
        services.AddSingleton<ApiBoundKeyEndpoints>();
        services.AddSingleton<MapEndpoint>();
        services.AddSingleton<SecretEndpoints>();
        services.AddSingleton<TokenEndpoints>();
    }

    public static void MapDevPortal(this IEndpointRouteBuilder routes)
    {
        MapPages(routes);
        var group = routes.MapGroup(BasePath);
        var services = routes.ServiceProvider;
        services.GetRequiredService<CatalogueEndpoints>().Map(group);
        services.GetRequiredService<DocumentEndpoints>().Map(group);
        services.GetRequiredService<CommentEndpoints>().Map(group);
        services.GetRequiredService<RatingEndpoints>().Map(group);
        services.GetRequiredService<SearchEndpoints>().Map(group);
        services.GetRequiredService<RecommendationEndpoint>().Map(group);
        services.GetRequiredService<PlanEndpoints>().Map(group);
        services.GetRequiredService<SettingsEndpoints>().Map(group);
        services.GetRequiredService<AttributeEndpoint>().Map(group);
        services.GetRequiredService<CategoryEndpoints>().Map(group);
        services.GetRequiredService<ApplicationEndpoints>().Map(group);
        services.GetRequiredService<ThrottleResetEndpoint>().Map(group);
        services.GetRequiredService<SubscriptionEndpoints>().Map(group);
        services.GetRequiredService<AdditionalInfoEndpoint>().Map(group);
        services.GetRequiredService<EventEndpoints>().Map(group);
        services.GetRequiredService<ExportEndpoint>().Map(group);
        services.GetRequiredService<ImportEndpoint>().Map(group);
        services.GetRequiredService<SignUpEndpoint>().Map(group);
        services.GetRequiredService<ChangePasswordEndpoint>().Map(group);
        services.GetRequiredService<QuotaEndpoints>().Map(group);
        services.GetRequiredService<KeyEndpoints>().Map(group);
        services.GetRequiredService<ApiKeyEndpoints>().Map(group);
        services.GetRequiredService<ApiBoundKeyEndpoints>().Map(group);
        services.GetRequiredService<MapEndpoint>().Map(group);
        services.GetRequiredService<SecretEndpoints>().Map(group);
        services.GetRequiredService<TokenEndpoints>().Map(group);
    }

    private static void MapPages(IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        routes.MapSessions(Portal.Developer, services.GetRequiredService<DevPortalOptions>().SignUp.Enabled ? SignUpPages.Path : null);
        // The portal's older name.
        routes.MapGet("/store/{**rest}", http =>
        {
            http.Response.Redirect(new PathString(Portal.Developer.Link("/" + http.Request.RouteValues["rest"])) + http.Request.QueryString);
            return Task.CompletedTask;
        }).Open("Leads to the same page of the developer portal.");
        var pages = routes.MapGroup(Portal.Developer.Path);
        services.GetRequiredService<SignUpPages>().Map(pages);
        services.GetRequiredService<CataloguePages>().Map(pages);
        services.GetRequiredService<SubscribePages>().Map(pages);
        services.GetRequiredService<SubscriptionEndPages>().Map(pages);
        services.GetRequiredService<ApplicationSitePages>().Map(pages);
        services.GetRequiredService<KeyPages>().Map(pages);
    }
}
