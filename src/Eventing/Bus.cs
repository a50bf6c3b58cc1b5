using Tollgate.Model.Events;

namespace Tollgate.Eventing;

/// <summary>How gateways and traffic managers reach each other. Publishing never waits, blocks or throws; delivery is at most once.</summary>
public abstract class Bus
{
    /// <summary>From gateways to traffic managers.</summary>
    public abstract Topic<UsageTotals> Usage { get; }

    /// <summary>From traffic managers to every gateway.</summary>
    public abstract Topic<Announcement> Announcements { get; }
}
