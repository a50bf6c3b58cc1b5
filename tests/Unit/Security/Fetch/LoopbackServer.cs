using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tollgate.Unit.Security.Fetch;

/// <summary>A socket that answers each request with the bytes a test wants; null leaves the caller waiting.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly List<string> _requests = [];
    private Task _serving = Task.CompletedTask;

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public static LoopbackServer Start(Func<string, byte[]?> answer)
    {
        var server = new LoopbackServer();
        server._listener.Start();
        server._serving = server.ServeAsync(answer);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        // In this order: a listener that is stopped first fails the accept that may just begin.
        await _ended.CancelAsync();
        await _serving;
        _listener.Stop();
        _ended.Dispose();
    }

    private async Task ServeAsync(Func<string, byte[]?> answer)
    {
        List<TcpClient> open = [];
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_ended.Token);
                open.Add(client);
                var buffer = new byte[8 * 1024];
                var read = await client.GetStream().ReadAsync(buffer, _ended.Token);
                var request = Encoding.ASCII.GetString(buffer, 0, read);
                lock (_requests)
                {
                    _requests.Add(request);
                }

                if (answer(request) is { } bytes)
                {
                    await client.GetStream().WriteAsync(bytes, _ended.Token);
                    client.Close();
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            open.ForEach(client => client.Dispose());
        }
    }
}
