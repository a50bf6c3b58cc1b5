using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Tollgate.Eventing.Wire;

namespace Tollgate.Eventing.RabbitMq;

/// <summary>
/// Sends what waits in an outlet, a message at a time, and waits until the broker has it; meanwhile newer items take the place of older ones.
/// </summary>
internal sealed class Sender<TMessage, TItem>(
    Outlet<TMessage, TItem> outlet, MessageForm<TMessage, TItem> form, string exchange, string route, BrokerMeters meters, TimeProvider time)
    where TMessage : class
{
    // A broker that restarts confirms nothing until its queues have leaders again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly BasicProperties Properties = new() { ContentType = "application/vnd.tollgate" };

    private WireWriter _writer = new();

    /// <summary>Runs until the channel closes or the work is cancelled; nothing that was not confirmed is lost.</summary>
    public async Task RunAsync(Session session)
    {
        var cancellation = session.Ended;
        for (var failures = 0; ;)
        {
            var (message, items) = await outlet.TakeAsync(cancellation);
            var (sent, isSent) = (0, false);
            try
            {
                // A message without items says something too.
                do
                {
                    sent += await SendAsync(session.Publishing, message, items.AsMemory(sent), cancellation);
                    message = form.Following(message);
                }
                while (sent < items.Length);
                (isSent, failures) = (true, 0);
            }
            catch (Exception error) when (IsPassing(error, cancellation))
            {
                meters.NotConfirmed(form.Name);
                await Pause.AfterAsync(failures++, time, cancellation);
            }
            finally
            {
                if (!isSent)
                {
                    outlet.PutBack(message, items[sent..]);
                }
            }
        }
    }

    private async Task<int> SendAsync(IChannel channel, TMessage message, ReadOnlyMemory<TItem> items, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        var count = form.Write(_writer, message, items.Span);
        try
        {
            await channel.BasicPublishAsync(exchange, route, mandatory: route.Length > 0, Properties, _writer.Written, patience.Token);
        }
        catch
        {
            // The client may still hold the bytes.
            _writer = new WireWriter();
            throw;
        }

        meters.Sent(form.Name);
        return count;
    }

    private static bool IsPassing(Exception error, CancellationToken cancellation) =>
        !cancellation.IsCancellationRequested && error is OperationCanceledException or PublishException;
}
