using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Tollgate.Eventing.RabbitMq;

/// <summary>Puts messages that cannot be read aside, for people to look at. Whose they are is unknown: nothing of them reaches the log.</summary>
internal sealed partial class Quarantine(string broker, BrokerMeters meters, ILogger log)
{
    // Enough to see what it was.
    private const int MostBytes = 64 * 1024;

    private readonly ConcurrentDictionary<(string Queue, string Flaw), bool> _logged = new();

    /// <param name="session">The connection that it came over.</param>
    /// <param name="body">The message.</param>
    /// <param name="queue">Where it came from; a name of ours.</param>
    /// <param name="flaw">What is wrong with it; one of a few fixed texts.</param>
    public async Task AddAsync(Session session, ReadOnlyMemory<byte> body, string queue, string flaw)
    {
        meters.Quarantined(flaw);
        if (_logged.TryAdd((queue, flaw), true))
        {
            PutAside(log, broker, queue, flaw, body.Length, Topology.Quarantine);
        }

        var properties = new BasicProperties
        {
            Headers = new Dictionary<string, object?> { ["x-queue"] = queue, ["x-flaw"] = flaw, ["x-bytes"] = (long)body.Length },
        };
        await session.Publishing.BasicPublishAsync(
            "", Topology.Quarantine, mandatory: false, properties, body[..Math.Min(body.Length, MostBytes)], session.Ended);
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Broker {Broker}: a message in {Queue} is {Flaw} ({Bytes} bytes). It is in the queue {Quarantine} now; further ones are counted and not logged")]
    private static partial void PutAside(ILogger log, string broker, string queue, string flaw, int bytes, string quarantine);
}
