namespace Tollgate.Eventing;

/// <summary>What a node does with the messages of others.</summary>
[Flags]
public enum BusRole
{
    None = 0,

    /// <summary>Hears announcements: gateways, and nodes that show what was used.</summary>
    Listens = 1,

    /// <summary>Takes usage totals: traffic managers.</summary>
    Counts = 2,
}
