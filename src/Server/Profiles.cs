using Tollgate.Server.Configuration;

namespace Tollgate.Server;

/// <summary>The modules a node can have.</summary>
[Flags]
internal enum Modules
{
    None = 0,
    KeyManager = 1,
    Sync = 2,
    Publisher = 4,
    DevPortal = 8,
    Admin = 16,
    Gateway = 32,
    TrafficManager = 64,
    Control = KeyManager | Sync | Publisher | DevPortal | Admin,
    All = Control | Gateway | TrafficManager,
}

/// <summary>A profile: which modules a node starts.</summary>
internal sealed record Profile(string Name, Modules Modules)
{
    public bool Has(Modules module) => (Modules & module) != 0;

    public bool IsGatewayAlone => Modules == Modules.Gateway;

    /// <summary>Neither a gateway alone nor a traffic manager alone has one.</summary>
    public bool HasDatabases => Has(Modules.Control);

    /// <summary>The rest of the control plane is on other nodes.</summary>
    public bool IsPartOfControlPlane => HasDatabases && (Modules & Modules.Control) != Modules.Control;
}

/// <summary>All profiles with their aliases, in one table.</summary>
internal static class Profiles
{
    private static readonly (string[] Names, Modules Modules)[] Table =
    [
        (["default", "all-in-one"], Modules.All),
        (["api-key-manager"], Modules.KeyManager | Modules.Sync),
        (["api-publisher"], Modules.Publisher | Modules.Admin),
        (["api-devportal", "api-store"], Modules.DevPortal),
        (["control-plane"], Modules.Control),
        (["gateway-worker", "gateway", "gateway-manager"], Modules.Gateway),
        (["traffic-manager"], Modules.TrafficManager),
    ];

    public static Profile Need(string name)
    {
        foreach (var (names, modules) in Table)
        {
            if (names.Contains(name))
            {
                return new Profile(names[0], modules);
            }
        }

        throw new ConfigurationException($"There is no profile '{name}' (server.server_role, -Dprofile); use {Known}.");
    }

    private static string Known => string.Join(", ", Table.Select(row => row.Names[0]));
}
