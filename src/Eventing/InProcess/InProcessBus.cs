using Tollgate.Model.Events;

namespace Tollgate.Eventing.InProcess;

/// <summary>The bus between the gateway and the traffic manager of one process.</summary>
public sealed class InProcessBus : Bus
{
    public override Topic<UsageTotals> Usage { get; } = new InProcessTopic<UsageTotals>();

    public override Topic<Announcement> Announcements { get; } = new InProcessTopic<Announcement>();

    public override bool IsShared => false;
}
