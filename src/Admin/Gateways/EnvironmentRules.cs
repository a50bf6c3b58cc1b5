using System.Text.RegularExpressions;
using Tollgate.Model;
using Tollgate.Model.Settings;
using Tollgate.Storage.Environments;

namespace Tollgate.Admin.Gateways;

/// <summary>The rules of gateway environments.</summary>
internal sealed partial class EnvironmentRules(GatewayEnvironments configured, TimeProvider time)
{
    private const int MaxText = 255;
    private const int MaxHosts = 50;

    public GatewayEnvironment Create(EnvironmentResource wanted)
    {
        if (wanted.Name is not { Length: >= 1 and <= MaxText } name || !Name().IsMatch(name))
        {
            throw Refusal.BadRequest($"name has 1 to {MaxText} letters, digits, '_' and '-'.");
        }

        return configured.All.Any(environment => environment.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ? throw EnvironmentStore.NameTaken(name)
            : Apply(
                new GatewayEnvironment { StoredId = Guid.CreateVersion7(time.GetUtcNow()).ToString(), Name = name, RowVersion = 1 }, wanted);
    }

    public static GatewayEnvironment Change(GatewayEnvironment stored, EnvironmentResource wanted)
    {
        RefuseConfigured(stored);
        return wanted.Name is not null && wanted.Name != stored.Name
            ? throw Refusal.BadRequest("An environment cannot be renamed: deployments and gateways refer to it by name.")
            : Apply(stored, wanted);
    }

    public static void RefuseConfigured(GatewayEnvironment environment)
    {
        if (environment.Terms is null)
        {
            throw Refusal.BadRequest($"The environment '{environment.Name}' comes from the configuration file; change it there.");
        }
    }

    private static GatewayEnvironment Apply(GatewayEnvironment identity, EnvironmentResource wanted)
    {
        Check(wanted);
        return identity.With(wanted.ToTerms(identity.Name));
    }

    private static void Check(EnvironmentResource wanted)
    {
        if (wanted.Vhosts.Count is 0 or > MaxHosts)
        {
            throw Refusal.BadRequest($"An environment has 1 to {MaxHosts} virtual hosts.", 900504);
        }

        foreach (var host in wanted.Vhosts)
        {
            Check(host);
        }

        if (wanted.Vhosts.Select(host => host.Host).Distinct(StringComparer.OrdinalIgnoreCase).Count() < wanted.Vhosts.Count)
        {
            throw Refusal.BadRequest("A virtual host stands twice in vhosts.", 900504);
        }

        if (wanted.Type is not ("hybrid" or "production" or "sandbox"))
        {
            throw Refusal.BadRequest($"type '{wanted.Type}' is none of hybrid, production, sandbox.");
        }

        if (wanted.GatewayType != "Regular" || wanted.Mode is not ("READ_ONLY" or "READ_WRITE" or "WRITE_ONLY"))
        {
            throw Refusal.BadRequest("gatewayType is Regular (other gateways are not served by this version); mode is READ_ONLY, READ_WRITE or WRITE_ONLY.");
        }

        if (wanted.Permissions is { } limited && limited.PermissionType is not ("PUBLIC" or "ALLOW" or "DENY"))
        {
            throw Refusal.BadRequest("permissions.permissionType is PUBLIC, ALLOW or DENY.");
        }

        if (wanted.DisplayName?.Length > MaxText || wanted.Description?.Length > 1023 || wanted.ApiDiscoveryScheduledWindow < 0)
        {
            throw Refusal.BadRequest(
                $"displayName has at most {MaxText} and description at most 1023 characters; apiDiscoveryScheduledWindow is not negative.");
        }
    }

    private static void Check(HostResource host)
    {
        if (Uri.CheckHostName(host.Host) == UriHostNameType.Unknown || host.Host.Length > MaxText)
        {
            throw Refusal.BadRequest($"'{host.Host}' is not the name of a host.", 900504);
        }

        if (!Context().IsMatch(host.HttpContext ?? ""))
        {
            throw Refusal.BadRequest($"httpContext '{host.HttpContext}' has letters, digits and inner '-' only, after at most one '/'.", 900504);
        }

        foreach (var port in (int[])[host.HttpPort, host.HttpsPort, host.WsPort, host.WssPort])
        {
            if (port is < 1 or > 65535)
            {
                throw Refusal.BadRequest($"{port} is no port; ports are 1 to 65535.", 900504);
            }
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]+$", RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex("^/?([a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)?$", RegexOptions.NonBacktracking)]
    private static partial Regex Context();
}
