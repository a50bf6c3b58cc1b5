using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Tollgate.Eventing.RabbitMq;

/// <summary>Reads what arrives in queues and hands it over; acknowledged then, or when it is in quarantine.</summary>
internal sealed class Receiver<TMessage, TItem>(RabbitTopic<TMessage, TItem> topic, Quarantine quarantine, BrokerMeters meters)
    where TMessage : class
{
    /// <param name="session">The connection, which ends with the consumer.</param>
    /// <param name="channel">A channel of the queue's own.</param>
    /// <param name="queue">The queue at the broker.</param>
    /// <param name="name">What the queue is called in the log.</param>
    public async Task BeginAsync(Session session, IChannel channel, string queue, string name)
    {
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) => ReceiveAsync(session, channel, delivery, name);
        // The broker ends a consumer when its queue goes away.
        consumer.UnregisteredAsync += (_, _) => session.EndAsync();
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer, session.Ended);
        channel.ChannelShutdownAsync += (_, _) => session.EndAsync();
    }

    private async Task ReceiveAsync(Session session, IChannel channel, BasicDeliverEventArgs delivery, string name)
    {
        if (topic.Form.Read(delivery.Body.Span, out var flaw) is { } message)
        {
            meters.Received(topic.Form.Name);
            await topic.ArrivedAsync(message, session.Ended);
        }
        else
        {
            await quarantine.AddAsync(session, delivery.Body, name, flaw);
        }

        await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, session.Ended);
    }
}
