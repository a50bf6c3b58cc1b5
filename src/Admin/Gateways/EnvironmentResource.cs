using System.Text.Json.Serialization;
using Tollgate.Model;
using Tollgate.Model.Settings;

namespace Tollgate.Admin.Gateways;

/// <summary>A gateway environment as administrators see it.</summary>
internal sealed record EnvironmentResource
{
    private const string Everybody = "PUBLIC";

    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    public string? Provider { get; init; }

    public string Type { get; init; } = "hybrid";

    public string GatewayType { get; init; } = "Regular";

    public bool IsReadOnly { get; init; }

    public string Mode { get; init; } = "WRITE_ONLY";

    public int ApiDiscoveryScheduledWindow { get; init; } = 60;

    public IReadOnlyList<HostResource> Vhosts { get; init; } = [];

    [JsonPropertyName("endpointURIs")]
    public IReadOnlyList<UriResource> EndpointUris { get; init; } = [];

    public IReadOnlyList<PropertyResource> AdditionalProperties { get; init; } = [];

    public PermissionResource? Permissions { get; init; }

    public string? Status { get; init; }

    public string? Vhost { get; init; }

    public string? UniversalGatewayVersion { get; init; }

    public EnvironmentTerms ToTerms(string name) => new()
    {
        DisplayName = DisplayName is { Length: > 0 } display ? display : name,
        Description = Description,
        Provider = Provider ?? "",
        Type = Type,
        GatewayType = GatewayType,
        Mode = Mode,
        DiscoveryWindow = ApiDiscoveryScheduledWindow,
        Hosts = [.. Vhosts.Select(host => host.ToHost())],
        EndpointUris = [.. EndpointUris.Select(one => new ProtocolUri(one.Protocol, one.EndpointUri))],
        Properties = [.. AdditionalProperties.Select(one => new EnvironmentProperty(one.Key, one.Value))],
        Permissions = Permissions is { PermissionType: not Everybody } limited ? new PlanPermissions(limited.PermissionType, limited.Roles) : null,
    };

    public static EnvironmentResource Of(GatewayEnvironment environment) => new()
    {
        Id = environment.Id,
        Name = environment.Name,
        DisplayName = environment.DisplayName,
        Description = environment.Description,
        Provider = environment.Provider,
        Type = environment.Type,
        GatewayType = environment.GatewayType,
        IsReadOnly = environment.Terms is null,
        Mode = environment.Terms?.Mode ?? "WRITE_ONLY",
        ApiDiscoveryScheduledWindow = environment.Terms?.DiscoveryWindow ?? 60,
        Vhosts = [.. (environment.Terms?.Hosts ?? [.. environment.Hosts.Select(EnvironmentHost.Of)]).Select(HostResource.Of)],
        EndpointUris = [.. (environment.Terms?.EndpointUris ?? []).Select(one => new UriResource(one.Protocol, one.EndpointUri))],
        AdditionalProperties = [.. (environment.Terms?.Properties ?? []).Select(one => new PropertyResource(one.Name, one.Text))],
        Permissions = environment.Terms?.Permissions is { } limited
            ? new PermissionResource(limited.PermissionType, limited.Roles)
            : new PermissionResource(Everybody, []),
        Status = "Active",
    };
}

/// <summary>A virtual host.</summary>
internal sealed record HostResource
{
    public required string Host { get; init; }

    public string? HttpContext { get; init; }

    public int HttpPort { get; init; } = 80;

    public int HttpsPort { get; init; } = 443;

    public int WsPort { get; init; } = 9099;

    public string? WsHost { get; init; }

    public int WssPort { get; init; } = 8099;

    public string? WssHost { get; init; }

    public EnvironmentHost ToHost() => new()
    {
        Host = Host.ToLowerInvariant(),
        HttpContext = (HttpContext ?? "").Trim('/'),
        HttpPort = HttpPort,
        HttpsPort = HttpsPort,
        WsPort = WsPort,
        WsHost = WsHost,
        WssPort = WssPort,
        WssHost = WssHost,
    };

    public static HostResource Of(EnvironmentHost host) => new()
    {
        Host = host.Host,
        HttpContext = host.HttpContext,
        HttpPort = host.HttpPort,
        HttpsPort = host.HttpsPort,
        WsPort = host.WsPort,
        WsHost = host.WsHost,
        WssPort = host.WssPort,
        WssHost = host.WssHost,
    };
}

/// <summary>The address of one protocol.</summary>
internal sealed record UriResource(string Protocol, [property: JsonPropertyName("endpointURI")] string EndpointUri);

/// <summary>A free property.</summary>
internal sealed record PropertyResource(string Key, string Value);

/// <summary>Who may deploy: PUBLIC, or ALLOW or DENY for roles.</summary>
internal sealed record PermissionResource(string PermissionType, IReadOnlyList<string> Roles);
