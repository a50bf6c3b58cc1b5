using RabbitMQ.Client;
using Tollgate.Model.Events;

namespace Tollgate.Eventing.RabbitMq;

/// <summary>The exchanges and queues at a broker. Declared by whoever comes, so that neither order nor a broker's empty disk matters.</summary>
internal static class Topology
{
    /// <summary>Usage totals, to the queue of a partition.</summary>
    public const string Usage = "tollgate.usage";

    /// <summary>Announcements, to everyone who listens.</summary>
    public const string Announcements = "tollgate.announcements";

    /// <summary>Questions of people, to every traffic manager.</summary>
    public const string Questions = "tollgate.questions";

    /// <summary>Messages that cannot be read, for people to look at.</summary>
    public const string Quarantine = "tollgate.quarantine";

    // Totals replace each other, so that a queue without a traffic manager may lose its oldest ones; a minute of them is plenty.
    private const long MostQueueBytes = 32L * 1024 * 1024;
    private const long MostAgeMilliseconds = 60_000;

    // More often than a message is given back by one traffic manager after the other as they end.
    private const int MostDeliveries = 20;
    private const int MostQuarantined = 1000;

    public static string QueueOf(int partition) => $"{Usage}.{partition:00}";

    public static string RouteOf(int partition) => $"{partition:00}";

    public static async Task DeclareAsync(IChannel channel, CancellationToken cancellation)
    {
        await channel.ExchangeDeclareAsync(Usage, ExchangeType.Direct, durable: true, cancellationToken: cancellation);
        await channel.ExchangeDeclareAsync(Announcements, ExchangeType.Fanout, durable: true, cancellationToken: cancellation);
        await channel.ExchangeDeclareAsync(Questions, ExchangeType.Fanout, durable: true, cancellationToken: cancellation);
        await DeclareQueueAsync(channel, Quarantine, new Dictionary<string, object?>
        {
            ["x-queue-type"] = "quorum",
            ["x-max-length"] = MostQuarantined,
            ["x-max-length-bytes"] = MostQueueBytes,
        }, cancellation);
        for (var partition = 0; partition < Partition.Count; partition++)
        {
            await DeclarePartitionAsync(channel, partition, cancellation);
        }
    }

    public static async Task DeclarePartitionAsync(IChannel channel, int partition, CancellationToken cancellation)
    {
        await DeclareQueueAsync(channel, QueueOf(partition), new Dictionary<string, object?>
        {
            ["x-queue-type"] = "quorum",
            ["x-single-active-consumer"] = true,
            ["x-max-length-bytes"] = MostQueueBytes,
            ["x-message-ttl"] = MostAgeMilliseconds,
            ["x-delivery-limit"] = MostDeliveries,
        }, cancellation);
        await channel.QueueBindAsync(QueueOf(partition), Usage, RouteOf(partition), cancellationToken: cancellation);
    }

    /// <summary>A queue of this connection's own for all that goes through an exchange; it ends with the connection.</summary>
    public static async Task<string> DeclareListenerAsync(IChannel channel, string exchange, CancellationToken cancellation)
    {
        var queue = await channel.QueueDeclareAsync(
            "", durable: false, exclusive: true, autoDelete: true,
            new Dictionary<string, object?> { ["x-max-length-bytes"] = MostQueueBytes }, cancellationToken: cancellation);
        await channel.QueueBindAsync(queue.QueueName, exchange, "", cancellationToken: cancellation);
        return queue.QueueName;
    }

    private static Task<QueueDeclareOk> DeclareQueueAsync(
        IChannel channel, string name, Dictionary<string, object?> arguments, CancellationToken cancellation) =>
        channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellation);
}
