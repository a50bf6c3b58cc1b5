using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using Tollgate.Model.Events;

namespace Tollgate.Eventing.RabbitMq;

/// <summary>Keeps this node connected with one broker, or with any one node of a cluster, for as long as the node runs.</summary>
internal sealed partial class BrokerLink(
    BrokerGroup group, RabbitTopics topics, int number, BusRole role, Bus bus, BrokerMeters meters, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan LogPause = TimeSpan.FromMinutes(1);

    private readonly Quarantine _quarantine = new(group.Name, meters, log);
    private DateTimeOffset _loggedAt = DateTimeOffset.MinValue;
    private Session? _session;
    private int _partitions;

    public string Name => group.Name;

    public BrokerMeters Meters => meters;

    public bool IsConnected => Session is not null;

    /// <summary>The connection; null while there is none.</summary>
    public Session? Session => Volatile.Read(ref _session);

    /// <summary>Of how many partitions this node receives usage totals, or will as soon as whoever does so ends.</summary>
    public int Partitions => Volatile.Read(ref _partitions);

    /// <summary>Keys with something that the broker has not got yet.</summary>
    public int Waiting => topics.Usage.OutletsOf(number).Sum(outlet => outlet.Count) + topics.Announcements.OutletsOf(number).Sum(outlet => outlet.Count);

    public async Task RunAsync(CancellationToken stopping)
    {
        for (var attempt = 0; ; attempt++)
        {
            string reason;
            try
            {
                await using var session = await group.ConnectAsync(stopping);
                await BeginAsync(session);
                (attempt, _loggedAt) = (0, DateTimeOffset.MinValue);
                await WorkAsync(session);
                reason = session.Reason ?? "the connection ended";
            }
            catch (Exception error) when (!stopping.IsCancellationRequested && error is not OutOfMemoryException)
            {
                reason = error.InnerException?.Message ?? error.Message;
            }

            Volatile.Write(ref _session, null);
            Volatile.Write(ref _partitions, 0);
            stopping.ThrowIfCancellationRequested();
            Report(reason);
            await Pause.AfterAsync(attempt, time, stopping);
        }
    }

    private async Task BeginAsync(Session session)
    {
        await Topology.DeclareAsync(session.Publishing, session.Ended);
        if (role.HasFlag(BusRole.Listens))
        {
            var channel = await session.OpenChannelAsync();
            var queue = await Topology.DeclareListenerAsync(channel, Topology.Announcements, session.Ended);
            await new Receiver<Announcement, Announced>(topics.Announcements, _quarantine, meters)
                .BeginAsync(session, channel, queue, Topology.Announcements);
        }

        if (role.HasFlag(BusRole.Counts))
        {
            await Questions.AnswerAsync(session, bus, time);
        }

        meters.Connected();
        Volatile.Write(ref _session, session);
        Connected(log, group.Name);
    }

    /// <summary>
    /// Takes the queue of a partition when it answers: a broker that crashed brings them back one by one, and may have lost one.
    /// </summary>
    private async Task CountAsync(Session session, int partition)
    {
        var receiver = new Receiver<UsageTotals, UsageTotal>(topics.Usage, _quarantine, meters);
        var queue = Topology.QueueOf(partition);
        for (var attempt = 0; ; attempt++)
        {
            IChannel? channel = null;
            try
            {
                channel = await session.OpenChannelAsync();
                await Topology.DeclarePartitionAsync(channel, partition, session.Ended);
                await receiver.BeginAsync(session, channel, queue, queue);
                Interlocked.Increment(ref _partitions);
                return;
            }
            catch (Exception error) when (!session.Ended.IsCancellationRequested && error is not OutOfMemoryException)
            {
                if (attempt == 1)
                {
                    NoAnswer(log, group.Name, queue, error.Message);
                }

                await (channel?.AbortAsync(session.Ended) ?? Task.CompletedTask);
                await Pause.AfterAsync(attempt, time, session.Ended);
            }
        }
    }

    /// <summary>Works until the connection ends; every end of one sender is the end of all.</summary>
    private async Task WorkAsync(Session session)
    {
        Task[] counting = role.HasFlag(BusRole.Counts) ? [.. Enumerable.Range(0, Partition.Count).Select(partition => CountAsync(session, partition))] : [];
        var usage = topics.Usage.OutletsOf(number).Select((outlet, partition) => new Sender<UsageTotals, UsageTotal>(
            outlet, topics.Usage.Form, Topology.Usage, Topology.RouteOf(partition), meters, time).RunAsync(session));
        var announcements = topics.Announcements.OutletsOf(number).Select(outlet => new Sender<Announcement, Announced>(
            outlet, topics.Announcements.Form, Topology.Announcements, "", meters, time).RunAsync(session));
        Task[] senders = [.. usage, .. announcements];
        await Task.WhenAny(senders);
        await session.EndAsync();
        // What is of interest is what the first one ended with; the others were told to.
        await Task.WhenAll([.. senders, .. counting]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (senders.FirstOrDefault(sender => sender.IsFaulted) is { } failed)
        {
            await failed;
        }
    }

    private void Report(string reason)
    {
        var now = time.GetUtcNow();
        if (now - _loggedAt >= LogPause)
        {
            _loggedAt = now;
            Away(log, group.Name, reason);
        }
    }

    [LoggerMessage(LogLevel.Information, "Broker {Broker} is connected")]
    private static partial void Connected(ILogger log, string broker);

    [LoggerMessage(
        LogLevel.Warning, "Broker {Broker}: the queue {Queue} does not answer, and is tried again; delete it if that goes on, it is made anew: {Reason}")]
    private static partial void NoAnswer(ILogger log, string broker, string queue, string reason);

    [LoggerMessage(LogLevel.Warning, "Broker {Broker} cannot be used, and is tried again until it can: {Reason}")]
    private static partial void Away(ILogger log, string broker, string reason);
}
