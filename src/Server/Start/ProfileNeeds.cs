using Tollgate.Server.Configuration;
using Tollgate.Server.Databases;
using Tollgate.Server.Options;

namespace Tollgate.Server.Start;

/// <summary>What a profile cannot start without.</summary>
internal static class ProfileNeeds
{
    /// <summary>Refuses, with one sentence that says what to write.</summary>
    public static void Check(NodeSettings settings)
    {
        var profile = settings.Profile;
        if (!profile.Has(Modules.KeyManager) && (profile.Has(Modules.DevPortal) || profile.Has(Modules.Gateway)) && settings.Node.ControlNodes.Count == 0)
        {
            throw new ConfigurationException(
                $"apim.key_manager.service_url is missing: a node with the profile '{profile.Name}' asks a key manager; write the address of a node with "
                + "the profile api-key-manager or control-plane, like https://host:9443/services/.");
        }

        foreach (var url in settings.Node.ControlNodes)
        {
            NodeConnections.Authority(url);
        }

        if (profile.IsPartOfControlPlane)
        {
            NeedServer(profile, settings.Databases.Apim, "apim_db");
            NeedServer(profile, settings.Databases.Shared, "shared_db");
        }
    }

    private static void NeedServer(Profile profile, OneDatabase options, string name)
    {
        if (!DatabaseProducts.IsServer(options))
        {
            throw new ConfigurationException(
                $"database.{name}.type is '{options.Type}', the embedded database, which no other node sees: a node with the profile '{profile.Name}' works on "
                + "the same databases as the other nodes; write type = \"postgre\" or type = \"mysql\" with hostname, name, username and password under "
                + $"[database.{name}].");
        }
    }
}
