using System.Threading.Channels;

namespace Tollgate.Eventing;

/// <summary>Messages of one kind.</summary>
public abstract class Topic<T>
{
    public abstract void Publish(T message);

    /// <summary>What arrives from now on; a reader that is too slow loses the oldest messages.</summary>
    public abstract ChannelReader<T> Subscribe();
}
