using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Tollgate.Gateway.Listen;

/// <summary>Sends what the streams of an HTTP/2 connection answer at about the same time as one record of TLS and in one call to the system.</summary>
/// <remarks>
/// Kestrel flushes for each answer (docs/adr/0027). What it flushes is gathered here, and sent by work that stands behind that of Kestrel in the
/// queue of the thread pool: when it is its turn, Kestrel has written all the answers that it had.
/// </remarks>
internal static class GatheredOutput
{
    // Kestrel waits with its next frame while more than this has not been sent.
    private const int Most = 64 * 1024;
    private const int Segment = 16 * 1024;

    private static readonly PipeOptions Options = new(
        MemoryPool<byte>.Shared, new Behind(), PipeScheduler.ThreadPool, Most, Most / 2, Segment, useSynchronizationContext: false);

    // A client that does not read what was left when its connection ended does not keep it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void Use(ListenOptions listen, TimeProvider time) => listen.Use(next => connection =>
        IsHttp2(connection.Features.Get<ITlsApplicationProtocolFeature>()) ? ServeAsync(next, connection, time) : next(connection));

    private static bool IsHttp2(ITlsApplicationProtocolFeature? negotiated) =>
        negotiated is not null && negotiated.ApplicationProtocol.Span.SequenceEqual(SslApplicationProtocol.Http2.Protocol.Span);

    private static async Task ServeAsync(ConnectionDelegate next, ConnectionContext connection, TimeProvider time)
    {
        var transport = connection.Transport;
        var pipe = new Pipe(Options);
        var sending = SendAsync(pipe.Reader, transport.Output);
        connection.Transport = new Gathered(transport.Input, pipe.Writer);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = transport;
            await pipe.Writer.CompleteAsync();
            await sending.WaitAsync(Patience, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!sending.IsCompleted)
            {
                connection.Abort();
                await sending;
            }
        }
    }

    private static async Task SendAsync(PipeReader answers, PipeWriter transport)
    {
        try
        {
            while (true)
            {
                var read = await answers.ReadAsync();
                foreach (var segment in read.Buffer)
                {
                    if ((await transport.WriteAsync(segment)).IsCompleted)
                    {
                        return;
                    }
                }

                answers.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    return;
                }
            }
        }
        catch (Exception error) when (error is IOException or InvalidOperationException or OperationCanceledException)
        {
            // The connection is lost: Kestrel's next flush is told so, and its input tells it anyway.
        }
        finally
        {
            await answers.CompleteAsync();
        }
    }

    private sealed record Gathered(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class Behind : PipeScheduler
    {
        public override void Schedule(Action<object?> action, object? state) =>
            System.Threading.ThreadPool.UnsafeQueueUserWorkItem(action, state, preferLocal: true);
    }
}
