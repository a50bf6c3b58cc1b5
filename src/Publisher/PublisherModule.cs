using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Publisher.Admit;
using Tollgate.Publisher.Approve;
using Tollgate.Publisher.Audit;
using Tollgate.Publisher.Certify;
using Tollgate.Publisher.Compose;
using Tollgate.Publisher.Deploy;
using Tollgate.Publisher.Describe;
using Tollgate.Publisher.Design;
using Tollgate.Publisher.Discuss;
using Tollgate.Publisher.Find;
using Tollgate.Publisher.Label;
using Tollgate.Publisher.Permit;
using Tollgate.Publisher.Plans;
using Tollgate.Publisher.Publish;
using Tollgate.Publisher.Revise;
using Tollgate.Publisher.Settings;
using Tollgate.Publisher.Transfer;
using Tollgate.Publisher.Version;
using Tollgate.SignIn;
using Tollgate.Web.Pages;

namespace Tollgate.Publisher;

/// <summary>The face of the module.</summary>
public static class PublisherModule
{
    internal const string BasePath = "/api/am/publisher/v4";

    public static void AddPublisher(this IServiceCollection services, PublisherOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<ApiLookup>();
        services.AddSingleton<DesignRules>();
        services.AddSingleton<OperationRules>();
        services.AddSingleton<CreateApi>();
        services.AddSingleton<ChangeApi>();
        services.AddSingleton<AccessControl>();
        services.AddSingleton<DefinitionSource>();
        services.AddSingleton<ValidationEndpoints>();
        services.AddSingleton<SharedScopeRules>();
        services.AddSingleton<SharedScopeEndpoints>();
        services.AddSingleton<CopyApi>();
        services.AddSingleton<VersionEndpoint>();
        services.AddSingleton<ApiEndpoints>();
        services.AddSingleton<SearchEndpoints>();
        services.AddSingleton<RoleEndpoints>();
        services.AddSingleton<DefinitionEndpoints>();
        services.AddSingleton<ResourcePathEndpoint>();
        services.AddSingleton<NamedEndpoints>();
        services.AddSingleton<RevisionLookup>();
        services.AddSingleton<CreateRevision>();
        services.AddSingleton<RestoreRevision>();
        services.AddSingleton<RevisionEndpoints>();
        services.AddSingleton<DeploymentRules>();
        services.AddSingleton<DeploymentApprovals>();
        services.AddSingleton<WorkflowEndpoints>();
        services.AddSingleton<DeploymentEndpoints>();
        services.AddSingleton<KeptOffer>();
        services.AddSingleton<ChangeLifecycle>();
        services.AddSingleton<LifecycleEndpoints>();
        services.AddSingleton<DocumentRules>();
        services.AddSingleton<DocumentEndpoints>();
        services.AddSingleton<ThumbnailEndpoints>();
        services.AddSingleton<CommentEndpoints>();
        services.AddSingleton<SubscriptionRules>();
        services.AddSingleton<AdmittedSubscriptions>();
        services.AddSingleton<SubscriptionEndpoints>();
        services.AddSingleton<HistoryEndpoint>();
        services.AddSingleton<ExportApi>();
        services.AddSingleton<ImportRules>();
        services.AddSingleton<ImportApi>();
        services.AddSingleton<ImportProduct>();
        services.AddSingleton<TransferEndpoints>();
        services.AddSingleton<ProductSources>();
        services.AddSingleton<MakeProduct>();
        services.AddSingleton<ProductEndpoints>();
        services.AddSingleton<CertificateUpload>();
        services.AddSingleton<EndpointCertificates>();
        services.AddSingleton<ClientCertificates>();
        services.AddSingleton<LabelEndpoints>();
        services.AddSingleton<PlanEndpoints>();
        services.AddSingleton<CategoryEndpoints>();
        services.AddSingleton<AbsentKinds>();
        services.AddSingleton<OrganizationEndpoints>();
        services.AddSingleton<EnvironmentProperties>();
        services.AddSingleton<SettingsEndpoint>();
        AddPages(services);
    }

    private static void AddPages(IServiceCollection services)
    {
        services.AddSingleton<ApiListPages>();
        services.AddSingleton<ApiPages>();
        services.AddSingleton<DesignPages>();
        services.AddSingleton<EndpointPages>();
        services.AddSingleton<OfferPages>();
        services.AddSingleton<DeploymentPages>();
        services.AddSingleton<LifecyclePages>();
        services.AddSingleton<SubscriberPages>();
        services.AddSingleton<HistoryPages>();
    }

    public static void MapPublisher(this IEndpointRouteBuilder routes)
    {
        MapPages(routes);
        var group = routes.MapGroup(BasePath);
        var services = routes.ServiceProvider;
        services.GetRequiredService<ApiEndpoints>().Map(group);
        services.GetRequiredService<SearchEndpoints>().Map(group);
        services.GetRequiredService<RoleEndpoints>().Map(group);
        services.GetRequiredService<ValidationEndpoints>().Map(group);
        services.GetRequiredService<VersionEndpoint>().Map(group);
        services.GetRequiredService<SharedScopeEndpoints>().Map(group);
        services.GetRequiredService<DefinitionEndpoints>().Map(group);
        services.GetRequiredService<ResourcePathEndpoint>().Map(group);
        services.GetRequiredService<NamedEndpoints>().Map(group);
        services.GetRequiredService<RevisionEndpoints>().Map(group);
        services.GetRequiredService<DeploymentEndpoints>().Map(group);
        services.GetRequiredService<LifecycleEndpoints>().Map(group);
        services.GetRequiredService<DocumentEndpoints>().Map(group);
        services.GetRequiredService<ThumbnailEndpoints>().Map(group);
        services.GetRequiredService<CommentEndpoints>().Map(group);
        services.GetRequiredService<SubscriptionEndpoints>().Map(group);
        services.GetRequiredService<HistoryEndpoint>().Map(group);
        services.GetRequiredService<TransferEndpoints>().Map(group);
        services.GetRequiredService<ProductEndpoints>().Map(group);
        services.GetRequiredService<EndpointCertificates>().Map(group);
        services.GetRequiredService<ClientCertificates>().Map(group);
        services.GetRequiredService<LabelEndpoints>().Map(group);
        services.GetRequiredService<PlanEndpoints>().Map(group);
        services.GetRequiredService<CategoryEndpoints>().Map(group);
        services.GetRequiredService<AbsentKinds>().Map(group);
        services.GetRequiredService<OrganizationEndpoints>().Map(group);
        services.GetRequiredService<EnvironmentProperties>().Map(group);
        services.GetRequiredService<WorkflowEndpoints>().Map(group);
        services.GetRequiredService<SettingsEndpoint>().Map(group);
    }

    private static void MapPages(IEndpointRouteBuilder routes)
    {
        routes.MapSessions(Portal.Publisher);
        var services = routes.ServiceProvider;
        var pages = routes.MapGroup(Portal.Publisher.Path);
        services.GetRequiredService<ApiListPages>().Map(pages);
        services.GetRequiredService<ApiPages>().Map(pages);
        services.GetRequiredService<DesignPages>().Map(pages);
        services.GetRequiredService<EndpointPages>().Map(pages);
        services.GetRequiredService<OfferPages>().Map(pages);
        services.GetRequiredService<DeploymentPages>().Map(pages);
        services.GetRequiredService<LifecyclePages>().Map(pages);
        services.GetRequiredService<SubscriberPages>().Map(pages);
        services.GetRequiredService<HistoryPages>().Map(pages);
    }
}
