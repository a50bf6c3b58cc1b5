using Tollgate.Model.Events;
using Tollgate.Model.Metrics;

namespace Tollgate.Eventing;

/// <summary>How gateways and traffic managers reach each other. Publishing never waits, blocks or throws; delivery is at most once.</summary>
public abstract class Bus
{
    /// <summary>From gateways to traffic managers.</summary>
    public abstract Topic<UsageTotals> Usage { get; }

    /// <summary>From traffic managers to every gateway.</summary>
    public abstract Topic<Announcement> Announcements { get; }

    /// <summary>True when gateways of other processes share the limits.</summary>
    public abstract bool IsShared { get; }

    /// <summary>Why others cannot be reached at the moment; null while they can.</summary>
    public virtual string? Trouble => null;

    public virtual IEnumerable<MetricFamily> ReadMetrics() => [];
}
