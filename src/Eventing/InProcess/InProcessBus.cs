using Tollgate.Model.Events;

namespace Tollgate.Eventing.InProcess;

/// <summary>The bus between the gateway and the traffic manager of one process.</summary>
public sealed class InProcessBus
{
    /// <summary>From gateways to traffic managers.</summary>
    public InProcessTopic<UsageTotals> Usage { get; } = new();

    /// <summary>From traffic managers to gateways.</summary>
    public InProcessTopic<Announcement> Announcements { get; } = new();
}
