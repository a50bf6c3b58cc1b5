using System.Threading.Channels;
using Tollgate.Eventing.Wire;
using Tollgate.Model.Events;

namespace Tollgate.Eventing.RabbitMq;

/// <summary>
/// Messages of one kind over all brokers: what is published waits in an outlet per broker and partition, what arrives goes to every subscriber.
/// </summary>
internal sealed class RabbitTopic<TMessage, TItem>(MessageForm<TMessage, TItem> form, int brokers) : Topic<TMessage>
    where TMessage : class
{
    // At 200 gateways some 3,000 messages come in 100 ms; beyond that the broker keeps them.
    private const int Backlog = 4096;

    private readonly Outlet<TMessage, TItem>[][] _outlets =
        [.. Enumerable.Range(0, brokers).Select(_ => Enumerable.Range(0, Partition.Count).Select(_ => new Outlet<TMessage, TItem>(form)).ToArray())];

    private readonly Lock _lock = new();
    private Channel<TMessage>[] _subscribers = [];

    public MessageForm<TMessage, TItem> Form => form;

    public IReadOnlyList<Outlet<TMessage, TItem>> OutletsOf(int broker) => _outlets[broker];

    public override void Publish(TMessage message)
    {
        var outgoing = form.Outgoing(message);
        foreach (var ofBroker in _outlets)
        {
            ofBroker[form.PartitionOf(message)].Put(outgoing);
        }
    }

    public override ChannelReader<TMessage> Subscribe()
    {
        var channel = Channel.CreateBounded<TMessage>(new BoundedChannelOptions(Backlog) { SingleReader = true });
        lock (_lock)
        {
            _subscribers = [.. _subscribers, channel];
        }

        return channel.Reader;
    }

    /// <summary>Hands over what arrived; waits for a subscriber that is behind, while the broker keeps what comes next.</summary>
    public async ValueTask ArrivedAsync(TMessage message, CancellationToken cancellation)
    {
        foreach (var subscriber in Volatile.Read(ref _subscribers))
        {
            await subscriber.Writer.WriteAsync(message, cancellation);
        }
    }
}
