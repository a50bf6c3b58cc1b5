using System.Text.Json.Serialization;
using Tollgate.Model;
using Tollgate.Model.Settings;
using Tollgate.Storage.Environments;

namespace Tollgate.DevPortal.Discover;

/// <summary>Finds the environments under whose URLs callers reach APIs.</summary>
internal sealed class GatewayUrls(EnvironmentStore environments)
{
    public async Task<EnvironmentUrls> InAsync(Api api) => new(await environments.ListAsync(api.Organization));
}

/// <summary>Under which URLs callers reach the APIs of an organization.</summary>
internal sealed class EnvironmentUrls(IReadOnlyList<GatewayEnvironment> environments)
{
    public IReadOnlyList<EndpointUrls> Of(Api api, IReadOnlyList<Deployment> deployments) =>
    [
        .. from deployment in deployments
           let environment = environments.FirstOrDefault(one => one.Name == deployment.Environment)
           where environment is not null
           select Of(api, environment, environment.FindHost(deployment.VirtualHost) ?? environment.Hosts[0]),
    ];

    private static EndpointUrls Of(Api api, GatewayEnvironment environment, VirtualHost host) => new(
        environment.Name, environment.DisplayName, environment.Type, Urls(api, host, api.ServedContext),
        api.IsDefaultVersion && ApiContext.Unversioned(api.Organization, api.Context) is { } path ? Urls(api, host, path) : null);

    private static UrlPair Urls(Api api, VirtualHost host, string path) => new(
        api.Design.Transport.Contains("http") ? Url(host.HttpEndpoint, path) : null,
        api.Design.Transport.Contains("https") ? Url(host.HttpsEndpoint, path) : null);

    private static string? Url(string endpoint, string path) => endpoint.Length == 0 ? null : endpoint.TrimEnd('/') + path;
}

/// <summary>The URLs of an API in one gateway environment.</summary>
internal sealed record EndpointUrls(
    string EnvironmentName, string EnvironmentDisplayName, string EnvironmentType, [property: JsonPropertyName("URLs")] UrlPair URLs,
    [property: JsonPropertyName("defaultVersionURLs")] UrlPair? DefaultVersionURLs);

/// <summary>One path over both transports, as far as the API allows them.</summary>
internal sealed record UrlPair(string? Http, string? Https);
