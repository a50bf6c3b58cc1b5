using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tollgate.Unit.Gateway.Forward;

/// <summary>A backend that speaks bytes: a script per connection decides what it reads, says, and when it hangs up.</summary>
internal sealed class ScriptedBackend : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<BackendSide, Task> _script;
    private readonly ConcurrentQueue<BackendSide> _sides = new();
    private readonly Task _accepting;

    public ScriptedBackend(Func<BackendSide, Task> script)
    {
        _script = script;
        _listener.Start();
        Url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _accepting = AcceptAsync();
    }

    /// <summary>Answers every request of every connection with the same bytes.</summary>
    public static ScriptedBackend Always(string response) => new(async side =>
    {
        while (await side.ReadHeadAsync() is not null)
        {
            await side.SendAsync(response);
        }
    });

    public string Url { get; }

    /// <summary>How many connections were opened.</summary>
    public int Connections => _sides.Count;

    public IEnumerable<BackendSide> Sides => _sides;

    /// <summary>Every head that was read, in order.</summary>
    public ConcurrentQueue<string> Heads { get; } = new();

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        foreach (var side in _sides)
        {
            side.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var side = new BackendSide(this, _sides.Count + 1, await _listener.AcceptSocketAsync());
                _sides.Enqueue(side);
                _ = PlayAsync(side);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped, while it waited or just before.
        }
    }

    private async Task PlayAsync(BackendSide side)
    {
        try
        {
            await _script(side);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or IOException)
        {
            // The gateway hung up in the middle of the script.
        }

        side.Dispose();
    }
}

/// <summary>One connection of a <see cref="ScriptedBackend"/>.</summary>
internal sealed class BackendSide(ScriptedBackend backend, int number, Socket socket) : IDisposable
{
    private readonly List<byte> _unread = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>1 for the first connection.</summary>
    public int Number => number;

    /// <summary>Completes when the gateway has hung up.</summary>
    public Task Ended => _ended.Task;

    /// <summary>The next head with its empty line; null when the gateway has hung up.</summary>
    public async Task<string?> ReadHeadAsync()
    {
        while (true)
        {
            var end = Encoding.Latin1.GetString([.. _unread]).IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                var head = Take(end + 4);
                backend.Heads.Enqueue(head);
                return head;
            }

            if (!await ReceiveAsync())
            {
                return null;
            }
        }
    }

    /// <summary>So many bytes of a body.</summary>
    public async Task<string> ReadAsync(int count)
    {
        while (_unread.Count < count && await ReceiveAsync())
        {
        }

        return Take(Math.Min(count, _unread.Count));
    }

    /// <summary>Everything until the gateway hangs up.</summary>
    public async Task<string> ReadToEndAsync()
    {
        while (await ReceiveAsync())
        {
        }

        return Take(_unread.Count);
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes)..];
        }
    }

    /// <summary>Ends with a reset instead of an end.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }

    public void Dispose() => socket.Dispose();

    private string Take(int count)
    {
        var text = Encoding.Latin1.GetString([.. _unread[..count]]);
        _unread.RemoveRange(0, count);
        return text;
    }

    private async Task<bool> ReceiveAsync()
    {
        var buffer = new byte[16 * 1024];
        var received = 0;
        try
        {
            received = await socket.ReceiveAsync(buffer);
        }
        catch (SocketException)
        {
            // As good as an end.
        }

        if (received == 0)
        {
            _ended.TrySetResult();
            return false;
        }

        _unread.AddRange(buffer.AsSpan(0, received));
        return true;
    }
}
