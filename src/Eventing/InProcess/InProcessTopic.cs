using System.Threading.Channels;

namespace Tollgate.Eventing.InProcess;

/// <summary>Hands messages to every subscriber in this process; a slow subscriber loses its oldest ones.</summary>
public sealed class InProcessTopic<T> : Topic<T>
{
    private const int Backlog = 256;

    private readonly Lock _lock = new();
    private Channel<T>[] _subscribers = [];

    public override void Publish(T message)
    {
        foreach (var subscriber in Volatile.Read(ref _subscribers))
        {
            subscriber.Writer.TryWrite(message);
        }
    }

    public override ChannelReader<T> Subscribe()
    {
        var channel = Channel.CreateBounded<T>(new BoundedChannelOptions(Backlog)
        {
            FullMode = BoundedChannelFullMode.DropOldest,
            SingleReader = true,
        });
        lock (_lock)
        {
            _subscribers = [.. _subscribers, channel];
        }

        return channel.Reader;
    }
}
