using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Admin.Keys;
using Tollgate.Admin.Labels;
using Tollgate.Admin.Apis;
using Tollgate.Admin.Applications;
using Tollgate.Admin.Audit;
using Tollgate.Admin.Categories;
using Tollgate.Admin.Deny;
using Tollgate.Admin.Gateways;
using Tollgate.Admin.KeyManagers;
using Tollgate.Admin.Organizations;
using Tollgate.Admin.Plans;
using Tollgate.Admin.Scopes;
using Tollgate.Admin.Settings;
using Tollgate.Admin.Users;
using Tollgate.Admin.Workflows;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.Web.Pages;

namespace Tollgate.Admin;

/// <summary>The face of the module.</summary>
public static class AdminModule
{
    internal const string BasePath = "/api/am/admin/v4";

    public static void AddAdmin(this IServiceCollection services)
    {
        services.AddSingleton<PolicyEndpoints>();
        services.AddSingleton<PolicyTransfer>();
        services.AddSingleton<EnforcementEndpoints>();
        services.AddSingleton<SeedPolicies>();
        services.AddSingleton<LabelEndpoints>();
        services.AddSingleton<DenyRules>();
        services.AddSingleton<DenyEndpoints>();
        services.AddSingleton<EnvironmentRules>();
        services.AddSingleton<EnvironmentEndpoints>();
        services.AddSingleton<SeenGateways>();
        services.AddSingleton<GatewayEndpoints>();
        services.AddSingleton<CategoryEndpoints>();
        services.AddSingleton<KeyManagerRules>();
        services.AddSingleton<KeyManagerEndpoints>();
        services.AddSingleton<DiscoverEndpoint>();
        services.AddSingleton<ApplicationEndpoints>();
        services.AddSingleton<ApiEndpoints>();
        services.AddSingleton<ScopeRules>();
        services.AddSingleton<ScopeEndpoints>();
        services.AddSingleton<TenantConfigEndpoints>();
        services.AddSingleton<AuditEndpoints>();
        services.AddSingleton<TenantEndpoints>();
        services.AddSingleton<TenantInfoEndpoints>();
        services.AddSingleton<SubOrganizationEndpoints>();
        services.AddSingleton<WorkflowEndpoints>();
        services.AddSingleton<UserRules>();
        services.AddSingleton<UserEndpoints>();
        services.AddSingleton<RoleEndpoints>();
        services.AddSingleton<ApiKeyEndpoints>();
        services.AddSingleton<PolicyPages>();
        services.AddSingleton<GatewayPages>();
        services.AddSingleton<ApprovalPages>();
        services.AddSingleton<UserPages>();
        services.AddSingleton<AuditPages>();
    }

    /// <summary>Makes the default policies of a new system; before the node takes requests.</summary>
    public static Task PrepareAdminAsync(this IServiceProvider services) =>
        services.GetRequiredService<SeedPolicies>().RunAsync(Organization.Default);

    public static void MapAdmin(this IEndpointRouteBuilder routes)
    {
        MapPages(routes);
        var group = routes.MapGroup(BasePath);
        var services = routes.ServiceProvider;
        services.GetRequiredService<PolicyEndpoints>().Map(group);
        services.GetRequiredService<LabelEndpoints>().Map(group);
        services.GetRequiredService<PolicyTransfer>().Map(group);
        services.GetRequiredService<EnforcementEndpoints>().Map(group);
        services.GetRequiredService<DenyEndpoints>().Map(group);
        services.GetRequiredService<EnvironmentEndpoints>().Map(group);
        services.GetRequiredService<GatewayEndpoints>().Map(group);
        services.GetRequiredService<CategoryEndpoints>().Map(group);
        services.GetRequiredService<KeyManagerEndpoints>().Map(group);
        services.GetRequiredService<DiscoverEndpoint>().Map(group);
        services.GetRequiredService<ApplicationEndpoints>().Map(group);
        services.GetRequiredService<ApiEndpoints>().Map(group);
        services.GetRequiredService<ScopeEndpoints>().Map(group);
        services.GetRequiredService<TenantConfigEndpoints>().Map(group);
        services.GetRequiredService<AuditEndpoints>().Map(group);
        services.GetRequiredService<TenantEndpoints>().Map(group);
        services.GetRequiredService<TenantInfoEndpoints>().Map(group);
        services.GetRequiredService<SubOrganizationEndpoints>().Map(group);
        services.GetRequiredService<WorkflowEndpoints>().Map(group);
        services.GetRequiredService<UserEndpoints>().Map(group);
        services.GetRequiredService<RoleEndpoints>().Map(group);
        services.GetRequiredService<ApiKeyEndpoints>().Map(group);
        SettingsEndpoint.Map(group);
    }

    private static void MapPages(IEndpointRouteBuilder routes)
    {
        routes.MapSessions(Portal.Admin);
        var services = routes.ServiceProvider;
        var pages = routes.MapGroup(Portal.Admin.Path);
        services.GetRequiredService<PolicyPages>().Map(pages);
        services.GetRequiredService<GatewayPages>().Map(pages);
        services.GetRequiredService<ApprovalPages>().Map(pages);
        services.GetRequiredService<UserPages>().Map(pages);
        services.GetRequiredService<AuditPages>().Map(pages);
    }
}
