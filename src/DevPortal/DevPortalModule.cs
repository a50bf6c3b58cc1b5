using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.DevPortal.Discover;
using Tollgate.DevPortal.Discuss;
using Tollgate.DevPortal.Keys;
using Tollgate.DevPortal.Register;
using Tollgate.DevPortal.Subscribe;

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
        services.AddSingleton<PlanEndpoints>();
        services.AddSingleton<OwnApplications>();
        services.AddSingleton<ApplicationRules>();
        services.AddSingleton<ApplicationEndpoints>();
        services.AddSingleton<SubscriptionRules>();
        services.AddSingleton<SubscriptionEndpoints>();
        services.AddSingleton<KeyRules>();
        services.AddSingleton<KeyEndpoints>();
        services.AddSingleton<SelfContainedKeys>();
        services.AddSingleton<ApiKeyRules>();
        services.AddSingleton<ApiKeyEndpoints>();
        services.AddSingleton<ApiBoundKeyEndpoints>();
    }

    public static void MapDevPortal(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(BasePath);
        var services = routes.ServiceProvider;
        services.GetRequiredService<CatalogueEndpoints>().Map(group);
        services.GetRequiredService<DocumentEndpoints>().Map(group);
        services.GetRequiredService<CommentEndpoints>().Map(group);
        services.GetRequiredService<RatingEndpoints>().Map(group);
        services.GetRequiredService<SearchEndpoints>().Map(group);
        services.GetRequiredService<PlanEndpoints>().Map(group);
        services.GetRequiredService<ApplicationEndpoints>().Map(group);
        services.GetRequiredService<SubscriptionEndpoints>().Map(group);
        services.GetRequiredService<KeyEndpoints>().Map(group);
        services.GetRequiredService<ApiKeyEndpoints>().Map(group);
        services.GetRequiredService<ApiBoundKeyEndpoints>().Map(group);
    }
}
