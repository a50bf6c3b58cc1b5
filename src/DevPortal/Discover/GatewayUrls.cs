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

    private static ApiUrls Urls(Api api, VirtualHost host, string path)
    {
        var isWebSocket = api.Design.Type == ApiTypes.WebSocket;
        var open = api.Design.Transport.Contains("http") ? Url(isWebSocket ? host.WsEndpoint : host.HttpEndpoint, path) : null;
        var secure = api.Design.Transport.Contains("https") ? Url(isWebSocket ? host.WssEndpoint : host.HttpsEndpoint, path) : null;
        return isWebSocket ? new ApiUrls(null, null, open, secure) : new ApiUrls(open, secure, null, null);
    }

    private static string? Url(string endpoint, string path) => endpoint.Length == 0 ? null : endpoint.TrimEnd('/') + path;
}

/// <summary>The URLs of an API in one gateway environment.</summary>
internal sealed record EndpointUrls(
    string EnvironmentName, string EnvironmentDisplayName, string EnvironmentType, [property: JsonPropertyName("URLs")] ApiUrls URLs,
    [property: JsonPropertyName("defaultVersionURLs")] ApiUrls? DefaultVersionURLs);

/// <summary>One path over the transports that the API allows.</summary>
internal sealed record ApiUrls(string? Http, string? Https, string? Ws, string? Wss)
{
    [JsonIgnore]
    public string? Best => Https ?? Wss ?? Http ?? Ws;
}
