using Tollgate.Model;
using Tollgate.Model.Settings;
using Tollgate.SignIn;
using Tollgate.Storage.Environments;

namespace Tollgate.Publisher.Deploy;

/// <summary>Checks where a revision is asked to be placed.</summary>
internal sealed class DeploymentRules(EnvironmentStore environments, TimeProvider time)
{
    public async Task<IReadOnlyList<Deployment>> CheckAsync(
        Caller caller, Api api, Revision revision, IReadOnlyList<DeploymentResource> wanted)
    {
        if (api.State == LifecycleState.Retired)
        {
            throw Refusal.BadRequest("The API is retired; it can no longer be deployed.", 903227);
        }

        if (wanted.Count == 0)
        {
            throw Refusal.BadRequest("Name at least one gateway environment, for example [{\"name\": \"Default\"}].", 900504);
        }

        if (!api.IsProduct && !Endpoints.Of(api.Design).Any)
        {
            throw Refusal.BadRequest("The API has no endpoint; a gateway would not know where to send its calls.", 903223);
        }

        var known = await KnownAsync(caller);
        return [.. wanted.DistinctBy(place => place.Name).Select(place => Check(known, api, revision, place))];
    }

    /// <summary>Names of environments, all of them known.</summary>
    public async Task<IReadOnlyList<string>> CheckNamesAsync(Caller caller, IReadOnlyList<DeploymentResource> wanted)
    {
        var known = await KnownAsync(caller);
        return [.. wanted.Select(place => Need(known, place.Name).Name)];
    }

    private async Task<IReadOnlyList<GatewayEnvironment>> KnownAsync(Caller caller) =>
        [.. (await environments.ListAsync(caller.Organization)).Where(environment => environment.Admits(caller.Roles))];

    private Deployment Check(IReadOnlyList<GatewayEnvironment> known, Api api, Revision revision, DeploymentResource place)
    {
        var environment = Need(known, place.Name);
        var host = HostOf(environment, place.Vhost);
        return new Deployment
        {
            ApiId = api.Id,
            RevisionId = revision.Id,
            Environment = environment.Name,
            VirtualHost = host,
            DisplayOnDevportal = place.DisplayOnDevportal,
            DeployedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
    }

    /// <summary>A deployment with the host and the visibility that the request states.</summary>
    public async Task<Deployment> ChangeAsync(Caller caller, Deployment deployment, DeploymentResource wanted)
    {
        if (wanted.Name is not null && wanted.Name != deployment.Environment)
        {
            throw Refusal.BadRequest("A deployment stays in its environment; deploy the revision to the other one instead.", 900504);
        }

        var environment = Need(await KnownAsync(caller), deployment.Environment);
        return deployment with
        {
            VirtualHost = wanted.Vhost is null ? deployment.VirtualHost : HostOf(environment, wanted.Vhost),
            DisplayOnDevportal = wanted.DisplayOnDevportal,
        };
    }

    private static string HostOf(GatewayEnvironment environment, string? wanted) => wanted is null
        ? environment.VirtualHost.ToLowerInvariant()
        : environment.FindHost(wanted)?.Name.ToLowerInvariant() ?? throw Refusal.BadRequest(
            $"The environment '{environment.Name}' has no virtual host '{wanted}'; it has: "
            + string.Join(", ", environment.Hosts.Select(host => host.Name)) + ".", 900504);

    private static GatewayEnvironment Need(IReadOnlyList<GatewayEnvironment> known, string? name) =>
        known.FirstOrDefault(environment => environment.Name == name) ?? throw Refusal.BadRequest(
            $"There is no gateway environment '{name}' for you; there are: {string.Join(", ", known.Select(one => one.Name))}.", 900504);
}
