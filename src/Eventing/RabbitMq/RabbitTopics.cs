using Tollgate.Eventing.Wire;
using Tollgate.Model.Events;

namespace Tollgate.Eventing.RabbitMq;

/// <summary>The topics over all brokers.</summary>
internal sealed class RabbitTopics(int brokers)
{
    public RabbitTopic<UsageTotals, UsageTotal> Usage { get; } = new(new UsageForm(), brokers);

    public RabbitTopic<Announcement, Announced> Announcements { get; } = new(new AnnouncementForm(), brokers);
}
