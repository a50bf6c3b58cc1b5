using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Admin.Keys;
using Tollgate.Admin.Labels;
using Tollgate.Admin.Plans;
using Tollgate.Admin.Settings;
using Tollgate.Admin.Users;
using Tollgate.Model;

namespace Tollgate.Admin;

/// <summary>The face of the module.</summary>
public static class AdminModule
{
    internal const string BasePath = "/api/am/admin/v4";

    public static void AddAdmin(this IServiceCollection services)
    {
        services.AddSingleton<PolicyEndpoints>();
        services.AddSingleton<SeedPolicies>();
        services.AddSingleton<LabelEndpoints>();
        services.AddSingleton<UserRules>();
        services.AddSingleton<UserEndpoints>();
        services.AddSingleton<RoleEndpoints>();
        services.AddSingleton<ApiKeyEndpoints>();
    }

    /// <summary>Makes the default policies of a new system; before the node takes requests.</summary>
    public static Task PrepareAdminAsync(this IServiceProvider services) =>
        services.GetRequiredService<SeedPolicies>().RunAsync(Organization.Default);

    public static void MapAdmin(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(BasePath);
        var services = routes.ServiceProvider;
        services.GetRequiredService<PolicyEndpoints>().Map(group);
        services.GetRequiredService<LabelEndpoints>().Map(group);
        services.GetRequiredService<UserEndpoints>().Map(group);
        services.GetRequiredService<RoleEndpoints>().Map(group);
        services.GetRequiredService<ApiKeyEndpoints>().Map(group);
        SettingsEndpoint.Map(group);
    }
}
