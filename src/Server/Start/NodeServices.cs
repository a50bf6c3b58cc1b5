using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tollgate.Admin;
using Tollgate.DevPortal;
using Tollgate.DevPortal.Keys;
using Tollgate.Gateway;
using Tollgate.Gateway.Follow.Disk;
using Tollgate.Gateway.Forward;
using Tollgate.Gateway.Listen;
using Tollgate.KeyManager;
using Tollgate.Model.Metrics;
using Tollgate.Model.Settings;
using Tollgate.Publisher;
using Tollgate.Security.Fetch;
using Tollgate.Server.Certificates;
using Tollgate.Server.Configuration;
using Tollgate.Server.Databases;
using Tollgate.Server.Options;
using Tollgate.SignIn;
using Tollgate.Storage;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Applications;
using Tollgate.Storage.Certificates;
using Tollgate.Storage.Clients;
using Tollgate.Storage.Comments;
using Tollgate.Storage.Documents;
using Tollgate.Storage.Labels;
using Tollgate.Storage.Audit;
using Tollgate.Storage.Categories;
using Tollgate.Storage.Environments;
using Tollgate.Storage.KeyManagers;
using Tollgate.Storage.Migrations;
using Tollgate.Storage.Policies;
using Tollgate.Storage.Runtime;
using Tollgate.Storage.Search;
using Tollgate.Storage.Tokens;
using Tollgate.Storage.Traffic;
using Tollgate.Storage.Users;
using Tollgate.Storage.Workflows;
using Tollgate.Sync;
using Tollgate.TrafficManager;

namespace Tollgate.Server.Start;

/// <summary>What a profile's modules need, registered by plain calls.</summary>
internal sealed class NodeServices(
    NodeSettings settings, NodeKeys keys, TlsCertificates management, TlsCertificates gateway, EarlyState? state)
{
    private readonly NodeConnections _connections = new(settings, keys, management);

    public void Add(IServiceCollection services)
    {
        var profile = settings.Profile;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(keys.MasterKey());
        services.AddSingleton(settings.TrustedProxies);
        services.AddHostedService(provider => new CertificateReload(
            keys, [management, gateway], settings.Keys, TimeProvider.System, provider.GetRequiredService<ILogger<CertificateReload>>()));
        services.AddSingleton(settings.Configuration.Bind<GatewayEnvironments>());
        NodeBus.Add(services, settings, keys, settings.Node.Name);
        if (profile.HasDatabases)
        {
            AddStorage(services);
            services.AddSignIn(settings.Configuration.Bind<SignInOptions>());
            services.AddHostedService<BackgroundWork>();
            services.AddSingleton(Outbound());
        }
        else if (profile.Has(Modules.TrafficManager) && DatabaseProducts.IsServer(settings.Databases.Shared))
        {
            // Beside a database of its own, which no other traffic manager sees, it counts without.
            AddSharedDatabase(services);
        }

        if (profile.Has(Modules.KeyManager))
        {
            services.AddKeyManager(settings.Configuration.Bind<KeyManagerOptions>() with { BaseUrl = settings.ManagementUrl });
        }

        if (profile.Has(Modules.Publisher))
        {
            services.AddPublisher(settings.Configuration.Bind<PublisherOptions>());
        }

        if (profile.Has(Modules.DevPortal))
        {
            services.AddSingleton(provider => _connections.KeyManager(provider.GetRequiredService<ILogger<KeyManagerConnection>>()));
            services.AddDevPortal(settings.Configuration.Bind<DevPortalOptions>() with { BaseUrl = _connections.KeyManagerUrl });
        }

        if (profile.Has(Modules.Admin))
        {
            services.AddAdmin();
        }

        if (profile.Has(Modules.Sync))
        {
            services.AddSync();
        }

        if (profile.Has(Modules.TrafficManager))
        {
            services.AddTrafficManager();
        }

        if (state is not null)
        {
            services.AddSingleton(state);
            AddGateway(services);
        }
    }

    private static void AddOrganizations(IServiceCollection services)
    {
        services.AddSingleton<OrganizationStore>();
        services.AddSingleton<OrganizationStates>();
        services.AddSingleton<SubOrganizationStore>();
        services.AddSingleton<OrganizationSettingsStore>();
        services.AddSingleton<ApplicationRequests>();
        services.AddSingleton<SubscriptionRequests>();
        services.AddSingleton<KeyRequests>();
        services.AddSingleton<AccountRequests>();
        services.AddSingleton<WorkflowEffects>();
        services.AddSingleton<WorkflowStore>();
    }

    private void AddSharedDatabase(IServiceCollection services)
    {
        services.AddSingleton(_ => new NodeDatabases(settings.Databases, settings.Home));
        services.AddSingleton(provider => new SharedDatabase(provider.GetRequiredService<NodeDatabases>().Shared));
        services.AddSingleton<CheckpointStore>();
        services.AddSingleton<PermitStore>();
    }

    private void AddStorage(IServiceCollection services)
    {
        AddOrganizations(services);
        services.AddSingleton<RuntimeSignal>();
        AddSharedDatabase(services);
        services.AddSingleton(provider => new ApimDatabase(
            provider.GetRequiredService<NodeDatabases>().Apim, provider.GetRequiredService<RuntimeSignal>()));
        services.AddSingleton(provider => new MetricSource(() => DatabaseMeters.Read(
        [
            ("apim_db", provider.GetRequiredService<ApimDatabase>().Meters), ("shared_db", provider.GetRequiredService<SharedDatabase>().Meters),
        ])));
        services.AddSingleton<Migrator>();
        services.AddSingleton<MasterKeyCheck>();
        services.AddSingleton<ApiStore>();
        services.AddSingleton<SearchStore>();
        services.AddSingleton<RecommendationStore>();
        services.AddSingleton<SearchCompletion>();
        services.AddSingleton<VersionStore>();
        services.AddSingleton<SharedScopeStore>();
        services.AddSingleton<LifecycleStore>();
        services.AddSingleton<RevisionStore>();
        services.AddSingleton<ScopeStore>();
        services.AddSingleton<ApiImportStore>();
        services.AddSingleton<DocumentStore>();
        services.AddSingleton<ThumbnailStore>();
        services.AddSingleton<CertificateStore>();
        services.AddSingleton<LabelStore>();
        services.AddSingleton<NamedEndpointStore>();
        services.AddSingleton<EnvironmentPropertyStore>();
        services.AddSingleton<CommentStore>();
        services.AddSingleton<RatingStore>();
        services.AddSingleton<ApplicationStore>();
        services.AddSingleton<Ownership>();
        services.AddSingleton<CredentialStore>();
        services.AddSingleton<ApiKeyStore>();
        services.AddSingleton<ClientSecretStore>();
        services.AddSingleton<SubscriptionStore>();
        services.AddSingleton<SubscriberStore>();
        services.AddSingleton<PolicyStore>();
        services.AddSingleton<DenyPolicyStore>();
        services.AddSingleton<EnvironmentStore>();
        services.AddSingleton<GatewayStore>();
        services.AddSingleton<CategoryStore>();
        services.AddSingleton<KeyManagerStore>();
        services.AddSingleton<AllApplications>();
        services.AddSingleton<ProviderStore>();
        services.AddSingleton<ScopeAssignments>();
        services.AddSingleton<SigningKeyStore>();
        services.AddSingleton<AuthorizationStore>();
        services.AddSingleton<AccessTokenStore>();
        services.AddSingleton<ClientStore>();
        services.AddSingleton<RevocationStore>();
        services.AddSingleton<UserStore>();
        services.AddSingleton<RoleStore>();
        services.AddSingleton<OutboxRelay>();
        services.AddSingleton<Housekeeping>();
        services.AddSingleton<RuntimeFeed>();
        AddRecords(services);
    }

    // What people did, and how long it is kept.
    private void AddRecords(IServiceCollection services)
    {
        services.AddSingleton(new AuditNode(settings.Node.Name));
        services.AddSingleton<AuditStore>();
        services.AddSingleton<AuditChains>();
        services.AddSingleton<ApiChangeStore>();
        services.AddSingleton(settings.Configuration.Bind<RetentionOptions>());
        services.AddSingleton<Retention>();
    }

    // Made at once, so that an allowance that can be none ends the start and not the first import.
    private GuardedClients Outbound()
    {
        try
        {
            return new GuardedClients(
                settings.Configuration.Bind<OutboundOptions>(),
                new OutboundWorld(TimeProvider.System, Dns.GetHostAddressesAsync, ServerTrust.Of(keys.Trusted())));
        }
        catch (FormatException error)
        {
            throw new ConfigurationException($"An allow list under [outbound] is wrong: {error.Message}");
        }
    }

    private void AddGateway(IServiceCollection services)
    {
        var node = settings.Node;
        services.AddSingleton(new GatewayPorts(
            IPAddress.Parse(node.BindAddress), settings.Ports.GatewayHttp, settings.Ports.GatewayHttps, settings.Ports.GatewayWs,
            settings.Ports.GatewayWss, gateway.For));
        services.AddSingleton(provider => new BackendClient(
            provider.GetRequiredService<GatewayOptions>(), keys.Trusted(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(_connections.ControlPlane);
        services.AddGateway(settings.Gateway);
    }
}
