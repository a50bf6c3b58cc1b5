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

    /// <summary>What is longer is not sent, and not read.</summary>
    public const int MostAnswerBytes = 8 * 1024 * 1024;

    /// <summary>Answers what another node asks; null, and a null answer, are none.</summary>
    public Func<string, CancellationToken, Task<byte[]?>>? Answers { get; set; }

    /// <summary>Asks all traffic managers that can be reached, and hands on their answers as they come, until nobody waits for more.</summary>
    public virtual IAsyncEnumerable<byte[]> AskAsync(string question, CancellationToken patience) => AsyncEnumerable.Empty<byte[]>();

    /// <summary>Why others cannot be reached at the moment; null while they can.</summary>
    public virtual string? Trouble => null;

    public virtual IEnumerable<MetricFamily> ReadMetrics() => [];
}
