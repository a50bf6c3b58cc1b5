using Tollgate.Model.Settings;

namespace Tollgate.Publisher.Settings;

/// <summary>A gateway environment as the REST contract shows it.</summary>
internal sealed record EnvironmentResource(
    string Id, string Name, string DisplayName, string Type, string GatewayType, string ServerUrl, string Provider, bool ShowInApiConsole,
    IReadOnlyList<VirtualHostResource> Vhosts)
{
    public static EnvironmentResource Of(GatewayEnvironment environment) => new(
        environment.Id, environment.Name, environment.DisplayName, environment.Type, environment.GatewayType, environment.ServiceUrl,
        environment.Provider, environment.DisplayInApiConsole, [.. environment.Hosts.Select(VirtualHostResource.Of)]);
}

/// <summary>A host and the ports under which an environment serves.</summary>
internal sealed record VirtualHostResource(string Host, int? HttpPort, int? HttpsPort)
{
    public static VirtualHostResource Of(VirtualHost host) => new(host.Name, PortOf(host.HttpEndpoint), PortOf(host.HttpsEndpoint));

    private static int? PortOf(string url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed.Port : null;
}
