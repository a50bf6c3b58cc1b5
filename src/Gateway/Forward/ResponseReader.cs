using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Tollgate.Gateway.Forward;

/// <summary>Reads the responses of a connection, one after the other, and passes them on to the clients.</summary>
internal sealed class ResponseReader(BackendConnection connection)
{
    // 100, 102 and 103 mean nothing to the client of a gateway; a backend that sends nothing else is broken.
    private const int MostInterim = 16;

    // As much as a client gets in one go before the gateway looks whether it reads.
    private const int MostUnflushed = 64 * 1024;
    private const int Large = 32 * 1024;

    private readonly InboundBuffer _in = new();
    private readonly ResponseHead _head = new();
    private ChunkedBody _chunks;
    private Framing _framing;
    private long _left;
    private long _written;
    private bool _isKept;

    private enum Framing : byte
    {
        Nothing,
        Length,
        Chunks,
        UntilClose,
    }

    /// <summary>Runs as long as the connection lives. Never throws.</summary>
    public async Task RunAsync()
    {
        try
        {
            bool goesOn;
            do
            {
                var received = 0;
                try
                {
                    received = await connection.Transport.ReceiveAsync(_in.Free);
                }
                catch (Exception error) when (Transport.IsLoss(error))
                {
                    // The same as an end: there is no response yet that it could be part of.
                }

                var call = connection.Claim();
                goesOn = call is not null && (received > 0 ? await ReadAsync(call, received) : Lose(call));
            }
            while (goesOn);
        }
        catch (Exception error)
        {
            connection.FailPart(error);
        }

        connection.Retire();
        _in.Release();
    }

    // The usual response is here as a whole and is passed on without waiting for anything.
    private ValueTask<bool> ReadAsync(BackendCall call, int received)
    {
        _in.Advance(received);
        while (true)
        {
            var parsed = _head.Read(_in.Unread, out var used);
            _in.Use(used);
            if (parsed == Parsed.NeedMore)
            {
                _in.MakeRoom();
                return new ValueTask<bool>(true);
            }

            if (parsed == Parsed.Refused)
            {
                return new ValueTask<bool>(Break(call, _head.Flaw));
            }

            if (_head.Status >= 200)
            {
                return RespondAsync(call);
            }

            if (_head.Status == 101)
            {
                return UpgradeAsync(call);
            }

            if (++call.Interim > MostInterim)
            {
                return new ValueTask<bool>(Break(call, Flaw.TooManyInterim));
            }

            _head.Begin();
        }
    }

    private ValueTask<bool> RespondAsync(BackendCall call)
    {
        call.NoteAnswered();
        Begin(call);
        if (_framing == Framing.Nothing)
        {
            return new ValueTask<bool>(End());
        }

        // Begun before the body is written, it goes to where it is sent from instead of being kept aside; nothing is sent yet. And a fault
        // from here on can only break the response off.
        var body = call.Context.ResponseBody;
        var starting = body.StartAsync();
        return starting.IsCompletedSuccessfully ? PassOnAsync(call, body.Writer) : StartAsync(call, body.Writer, starting);
    }

    private async ValueTask<bool> StartAsync(BackendCall call, PipeWriter writer, Task starting)
    {
        await starting;
        return await PassOnAsync(call, writer);
    }

    private ValueTask<bool> PassOnAsync(BackendCall call, PipeWriter writer)
    {
        return PassOn(writer) switch
        {
            Parsed.Done => new ValueTask<bool>(End(call)),
            Parsed.Refused => new ValueTask<bool>(Break(call, _chunks.Flaw)),
            _ => RelayAsync(call, writer),
        };
    }

    private void Begin(BackendCall call)
    {
        var headers = call.Response.Headers;
        call.Response.StatusCode = _head.Status;
        _head.CopyTo(headers);
        headers[Listen.FaultBody.CorrelationHeader] = call.Context.Exchange.Id;
        _written = 0;
        _left = _head.ContentLength;
        _isKept = _head.KeepsAlive;
        // RFC 9112 section 6.3, in its order.
        if (call.IsHead || _head.Status is 204 or 205 or 304)
        {
            _framing = Framing.Nothing;
            // These have no body (RFC 9110 sections 15.3.5 and 15.3.6). Who announces one may send it.
            _isKept &= call.IsHead || _head.Status == 304 || (!_head.IsChunked && _left <= 0);
        }
        else if (_head.IsChunked)
        {
            _framing = Framing.Chunks;
            _chunks = default;
        }
        else
        {
            _framing = _left < 0 ? Framing.UntilClose : _left == 0 ? Framing.Nothing : Framing.Length;
            _isKept &= _framing != Framing.UntilClose;
        }

        if (_left >= 0 && _head.Status is not (204 or 205))
        {
            headers.ContentLength = _left;
        }
    }

    // What is in the buffer goes to the client's buffer. Done when that is the end of the response.
    private Parsed PassOn(PipeWriter writer)
    {
        var unread = _in.Unread;
        if (_framing == Framing.Chunks)
        {
            var parsed = _chunks.Read(unread, writer, out var used);
            _in.Use(used);
            _written += used;
            return parsed;
        }

        var count = _framing == Framing.Length ? (int)Math.Min(_left, unread.Length) : unread.Length;
        if (count > 0)
        {
            writer.Copy(unread[..count]);
            _in.Use(count);
            _left -= count;
            _written += count;
        }

        return _framing == Framing.Length && _left == 0 ? Parsed.Done : Parsed.NeedMore;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> RelayAsync(BackendCall call, PipeWriter writer)
    {
        var flushed = 0L;
        if (_framing == Framing.Length && _left > Large)
        {
            _in.Widen();
        }

        while (true)
        {
            var wasFull = _in.IsFull;
            _in.MakeRoom();
            if (wasFull)
            {
                _in.Widen();
            }

            connection.NoteProgress();
            var receiving = connection.Transport.ReceiveAsync(_in.Free);
            // What came goes out before the next piece is awaited, so that streams of events arrive as they happen.
            var hasReader = true;
            if (!receiving.IsCompleted || _written - flushed >= MostUnflushed)
            {
                hasReader = await FlushAsync(call, writer);
                flushed = _written;
            }

            var received = await FinishAsync(receiving, hasReader);
            if (!hasReader)
            {
                connection.BreakResponse(null);
                return false;
            }

            if (received <= 0)
            {
                return received == 0 && _framing == Framing.UntilClose ? End(call) : Break(call, Flaw.BrokeOff);
            }

            _in.Advance(received);
            var parsed = PassOn(writer);
            if (parsed == Parsed.Refused)
            {
                return Break(call, _chunks.Flaw);
            }

            if (parsed == Parsed.Done)
            {
                // Kestrel sends by itself only what was written together with the head.
                _ = _framing == Framing.Length && await FlushAsync(call, writer);
                return End(call);
            }
        }
    }

    // 0 at the end of the connection, -1 when it broke. The buffer is ours again afterwards.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> FinishAsync(ValueTask<int> receiving, bool isWanted)
    {
        if (!isWanted)
        {
            connection.Transport.Dispose();
        }

        try
        {
            return await receiving;
        }
        catch (Exception error) when (Transport.IsLoss(error))
        {
            return -1;
        }
    }

    // False when the client is gone.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<bool> FlushAsync(BackendCall call, PipeWriter writer)
    {
        call.WaitsForReader = true;
        try
        {
            return !(await writer.FlushAsync()).IsCompleted;
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or InvalidOperationException)
        {
            return false;
        }
        finally
        {
            call.WaitsForReader = false;
        }
    }

    private bool End(BackendCall call)
    {
        if (_framing == Framing.Chunks && _chunks.Trailers is { } trailers
            && call.Context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers is { IsReadOnly: false } outgoing)
        {
            foreach (var (name, value) in trailers)
            {
                outgoing.Append(name, value);
            }
        }

        return End();
    }

    private bool End()
    {
        // Bytes behind a response that has no business there: nobody knows what they belong to (RFC 9112 section 6.3).
        var isReusable = _isKept && _in.Length == 0;
        _in.Reset();
        _head.Begin();
        return connection.EndResponse(isReusable);
    }

    private bool Break(BackendCall call, Flaw flaw)
    {
        call.Flaw = flaw;
        connection.BreakResponse(Faults.ProtocolViolation);
        return false;
    }

    private bool Lose(BackendCall call)
    {
        call.Flaw = Flaw.BrokeOff;
        connection.BreakResponse(Faults.ProtocolViolation, isLost: !_head.HasBegun && _in.Length == 0);
        return false;
    }

    private async ValueTask<bool> UpgradeAsync(BackendCall call)
    {
        if (call.Upgrade is null || !string.Equals(_head.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase))
        {
            return Break(call, Flaw.Upgrade);
        }

        call.NoteAnswered();
        _head.CopyTo(call.Response.Headers);
        call.Response.Headers.Upgrade = "websocket";
        call.Response.Headers[Listen.FaultBody.CorrelationHeader] = call.Context.Exchange.Id;
        await using (var client = await call.Upgrade.UpgradeAsync())
        {
            await Tunnel.RunAsync(connection, client, _in);
        }

        return connection.EndResponse(isReusable: false);
    }
}
