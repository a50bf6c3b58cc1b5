using System.Text;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Tollgate.Eventing.RabbitMq;

/// <summary>
/// What people ask traffic managers over one broker. A question goes to all of them; answers come back on the channel that it was asked on
/// (RabbitMQ's direct reply-to), so that neither has a queue that stays.
/// </summary>
internal static class Questions
{
    private const string ReplyQueue = "amq.rabbitmq.reply-to";
    private const int MostQuestionBytes = 8 * 1024;

    // Nobody waits for an answer any more.
    private const string Expiration = "3000";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Answers from now on, one question after the other.</summary>
    public static async Task AnswerAsync(Session session, Bus bus, TimeProvider time)
    {
        var channel = await session.OpenChannelAsync();
        var queue = await Topology.DeclareListenerAsync(channel, Topology.Questions, session.Ended);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) => ReplyAsync(session, channel, bus, delivery, time);
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer, session.Ended);
    }

    /// <summary>Asks, and hands over what is answered until nobody waits any longer.</summary>
    public static async Task AskAsync(Session session, string question, ChannelWriter<byte[]> answers, TimeProvider time, CancellationToken patience)
    {
        await using var channel = await session.OpenChannelAsync();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            if (delivery.Body.Length <= Bus.MostAnswerBytes)
            {
                answers.TryWrite(delivery.Body.ToArray());
            }

            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(ReplyQueue, autoAck: true, consumer, patience);
        await channel.BasicPublishAsync(
            Topology.Questions, "", mandatory: false, new BasicProperties { ReplyTo = ReplyQueue, Expiration = Expiration },
            Encoding.UTF8.GetBytes(question), patience);
        await Task.Delay(Timeout.InfiniteTimeSpan, time, patience);
    }

    private static async Task ReplyAsync(Session session, IChannel channel, Bus bus, BasicDeliverEventArgs delivery, TimeProvider time)
    {
        // An answer goes to whoever asked, and to no queue of ours that somebody might name.
        if (bus.Answers is not { } answers || delivery.Body.Length > MostQuestionBytes
            || delivery.BasicProperties.ReplyTo is not { } asker || !asker.StartsWith(ReplyQueue, StringComparison.Ordinal))
        {
            return;
        }

        using var late = new CancellationTokenSource(Patience, time);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(session.Ended, late.Token);
        try
        {
            if (await answers(Encoding.UTF8.GetString(delivery.Body.Span), patience.Token) is { Length: <= Bus.MostAnswerBytes } answer)
            {
                await channel.BasicPublishAsync("", asker, mandatory: false, new BasicProperties(), answer, patience.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever asked has waited for as long, and is told so.
        }
    }
}
