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

    private Session(IConnection connection, IChannel publishing, IChannel consuming, CancellationTokenSource ended)
    {
        _connection = connection;
        Publishing = publishing;
        Consuming = consuming;
        _ended = ended;
    }

    /// <summary>A publish on it completes when the broker has the message.</summary>
    public IChannel Publishing { get; }

    /// <summary>Apart from the other, because a broker slows a channel down that publishes much.</summary>
    public IChannel Consuming { get; }

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
            var consuming = await connection.CreateChannelAsync(cancellationToken: ended.Token);
            await consuming.BasicQosAsync(prefetchSize: 0, Ahead, global: false, ended.Token);
            var session = new Session(connection, publishing, consuming, ended);
            connection.ConnectionShutdownAsync += (_, _) => session.EndAsync();
            publishing.ChannelShutdownAsync += (_, _) => session.EndAsync();
            consuming.ChannelShutdownAsync += (_, _) => session.EndAsync();
            return session;
        }
        catch
        {
            await connection.AbortAsync(ClosePatience);
            ended.Dispose();
            throw;
        }
    }

    /// <summary>What the broker said when it ended the connection or a channel of it.</summary>
    public string? Reason => (_connection.CloseReason ?? Publishing.CloseReason ?? Consuming.CloseReason)?.ReplyText;

    public Task EndAsync() => _ended.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await _connection.AbortAsync(ClosePatience);
        await _connection.DisposeAsync();
        // Not disposed of: the client may still report an end that it has noticed late.
        await _ended.CancelAsync();
    }
}
