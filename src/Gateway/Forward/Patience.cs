namespace Tollgate.Gateway.Forward;

/// <summary>How long a call waits: for the answer to begin, then for each further piece of it; and not at all once the client is gone.</summary>
internal sealed class Patience : IDisposable
{
    private readonly GatewayOptions _options;
    private readonly CancellationToken _client;
    private readonly CancellationTokenSource _over;
    private readonly CancellationTokenSource _either;

    public Patience(GatewayOptions options, TimeProvider time, CancellationToken client)
    {
        _options = options;
        _client = client;
        _over = new CancellationTokenSource(options.ResponseTimeout, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(client, _over.Token);
    }

    public CancellationToken Token => _either.Token;

    /// <summary>True when waiting ended it.</summary>
    public bool IsOver => _over.IsCancellationRequested && !_client.IsCancellationRequested;

    public bool ClientGone => _client.IsCancellationRequested;

    /// <summary>A piece has come: the next one has the idle time.</summary>
    public void WhileStreaming() => _over.CancelAfter(_options.IdleTimeout);

    public void Dispose()
    {
        _either.Dispose();
        _over.Dispose();
    }
}
