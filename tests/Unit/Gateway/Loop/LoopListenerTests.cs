using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Tollgate.Gateway.Loop;

namespace Tollgate.Unit.Gateway.Loop;

public sealed class LoopListenerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly PausedTime _time = new();
    private readonly KeptLines _log = new();

    [LinuxFact]
    public async Task AcceptAsync_WhileTheSystemRefuses_WaitsAndSaysSoOnce()
    {
        using var listening = Listening();
        await using var listener = new LoopListener(listening, _time, _log);
        // From here on the system answers every accept with an error.
        listening.Shutdown(SocketShutdown.Receive);
        var accepting = Task.Run(() => listener.AcceptAsync().AsTask());
        for (var pause = 0; pause < 3; pause++)
        {
            // A loop that asks again at once would never get here.
            (await _time.PauseAsync().WaitAsync(Patience)).End();
        }

        var last = await _time.PauseAsync().WaitAsync(Patience);
        Assert.False(accepting.IsCompleted);
        Assert.StartsWith("No connection can be accepted on 127.0.0.1", Assert.Single(_log.Lines));

        listening.Listen();
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(AddressOf(listening));
        last.End();
        await using var connection = await accepting.WaitAsync(Patience);
        Assert.Equal(((IPEndPoint)client.LocalEndPoint!).Port, ((IPEndPoint)connection!.RemoteEndPoint!).Port);
    }

    [LinuxFact]
    public async Task AcceptAsync_AfterUnbind_EndsEvenInItsPause()
    {
        using var listening = Listening();
        await using var listener = new LoopListener(listening, _time, _log);
        listening.Shutdown(SocketShutdown.Receive);
        var accepting = Task.Run(() => listener.AcceptAsync().AsTask());
        var pause = await _time.PauseAsync().WaitAsync(Patience);
        await listener.UnbindAsync();
        pause.End();

        Assert.Null(await accepting.WaitAsync(Patience));
    }

    private static Socket Listening()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        return socket;
    }

    // Listening again has given it another port, which the socket itself does not know of.
    private static EndPoint AddressOf(Socket listening)
    {
        using var handle = new SafeSocketHandle(listening.Handle, ownsHandle: false);
        using var same = new Socket(handle);
        return same.LocalEndPoint!;
    }

    /// <summary>Time stands still; a test ends each pause.</summary>
    private sealed class PausedTime : TimeProvider
    {
        private readonly Channel<Pause> _pauses = Channel.CreateUnbounded<Pause>();

        public Task<Pause> PauseAsync() => _pauses.Reader.ReadAsync().AsTask();

        public override long GetTimestamp() => 1;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var pause = new Pause(callback, state);
            _pauses.Writer.TryWrite(pause);
            return pause;
        }
    }

    private sealed class Pause(TimerCallback callback, object? state) : ITimer
    {
        public void End() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class KeptLines : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
