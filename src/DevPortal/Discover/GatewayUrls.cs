using System.Text.Json.Serialization;
using Tollgate.Model;
using Tollgate.Model.Settings;

namespace Tollgate.DevPortal.Discover;

/// <summary>Under which URLs callers reach an API.</summary>
internal sealed class GatewayUrls(GatewayEnvironments environments)
{
    public IReadOnlyList<EndpointUrls> Of(Api api, IReadOnlyList<Deployment> deployments) =>
    [
        .. from deployment in deployments
           let environment = environments.Find(deployment.Environment)
           where environment is not null
           select Of(api, environment),
    ];

    private static EndpointUrls Of(Api api, GatewayEnvironment environment) => new(
        environment.Name, environment.Name, environment.Type, Urls(api, environment, api.ServedContext),
        api.IsDefaultVersion && ApiContext.Unversioned(api.Context) is { } path ? Urls(api, environment, path) : null);

    private static UrlPair Urls(Api api, GatewayEnvironment environment, string path) => new(
        api.Design.Transport.Contains("http") ? environment.HttpEndpoint.TrimEnd('/') + path : null,
        api.Design.Transport.Contains("https") ? environment.HttpsEndpoint.TrimEnd('/') + path : null);
}

/// <summary>The URLs of an API in one gateway environment.</summary>
internal sealed record EndpointUrls(
    string EnvironmentName, string EnvironmentDisplayName, string EnvironmentType, [property: JsonPropertyName("URLs")] UrlPair URLs,
    [property: JsonPropertyName("defaultVersionURLs")] UrlPair? DefaultVersionURLs);

/// <summary>One path over both transports, as far as the API allows them.</summary>
internal sealed record UrlPair(string? Http, string? Https);
