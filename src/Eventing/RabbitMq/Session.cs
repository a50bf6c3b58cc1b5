using RabbitMQ.Client;

namespace Tollgate.Eventing.RabbitMq;

/// <summary>One connection with a broker, from its opening to the first thing that goes wrong with it. A new one is made then.</summary>
internal sealed class Session : IAsyncDisposable
{
    // Messages that the broker sends ahead per queue.
    private const ushort Ahead = 64;

    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(1);

    private readonly IConnection _connection;
    private readonly CancellationTokenSource _ended;

    private Session(IConnection connection, IChannel publishing, CancellationTokenSource ended)
    {
        _connection = connection;
        Publishing = publishing;
        _ended = ended;
    }

    /// <summary>A publish on it completes when the broker has the message.</summary>
    public IChannel Publishing { get; }

    public CancellationToken Ended => _ended.Token;

    public static async Task<Session> OpenAsync(
        IConnectionFactory factory, IReadOnlyList<AmqpTcpEndpoint> endpoints, string name, CancellationToken stopping)
    {
        var connection = await factory.CreateConnectionAsync(endpoints, name, stopping);
        var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        try
        {
            var publishing = await connection.CreateChannelAsync(
                new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), ended.Token);
            var session = new Session(connection, publishing, ended);
            connection.ConnectionShutdownAsync += (_, _) => session.EndAsync();
            publishing.ChannelShutdownAsync += (_, _) => session.EndAsync();
            return session;
        }
        catch
        {
            await connection.AbortAsync(ClosePatience);
            ended.Dispose();
            throw;
        }
    }

    /// <summary>A channel of a queue's own: a queue that does not answer holds up its channel and nothing else.</summary>
    public async Task<IChannel> OpenChannelAsync()
    {
        var channel = await _connection.CreateChannelAsync(cancellationToken: Ended);
        await channel.BasicQosAsync(prefetchSize: 0, Ahead, global: false, Ended);
        return channel;
    }

    /// <summary>What the broker said when it ended the connection or a channel of it.</summary>
    public string? Reason => (_connection.CloseReason ?? Publishing.CloseReason)?.ReplyText;

    public Task EndAsync() => _ended.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await _connection.AbortAsync(ClosePatience);
        await _connection.DisposeAsync();
        // Not disposed of: the client may still report an end that it has noticed late.
        await _ended.CancelAsync();
    }
}
