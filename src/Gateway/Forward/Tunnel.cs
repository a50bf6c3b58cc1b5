using System.Buffers;

namespace Tollgate.Gateway.Forward;

/// <summary>Passes bytes on in both directions after an upgrade, each as fast as the slower side, until both sides have ended.</summary>
internal static class Tunnel
{
    private const int BlockSize = 16 * 1024;

    // What is silent for too long is ended on the client's side, where it can be said so (Listen/Tunnels); this is for what that misses.
    private static readonly uint MostSilence = (uint)(TimeSpan.FromDays(1) / ConnectionSweep.Interval);

    /// <param name="connection">The backend's side.</param>
    /// <param name="client">The client's side.</param>
    /// <param name="received">What the backend has sent behind its head already; used as the buffer of its direction.</param>
    public static async Task RunAsync(BackendConnection connection, Stream client, InboundBuffer received)
    {
        using var isOver = new CancellationTokenSource();
        var up = SendAsync(connection, client, isOver.Token);
        await ReceiveAsync(connection, client, received);
        // The backend has ended: what the client still says reaches nobody.
        connection.Transport.Dispose();
        await isOver.CancelAsync();
        await up;
    }

    private static async Task ReceiveAsync(BackendConnection connection, Stream client, InboundBuffer buffer)
    {
        try
        {
            while (true)
            {
                connection.NoteProgress(MostSilence);
                if (buffer.Length > 0)
                {
                    await client.WriteAsync(buffer.UnreadMemory);
                    await client.FlushAsync();
                    buffer.Use(buffer.Length);
                }

                buffer.MakeRoom();
                var received = await connection.Transport.ReceiveAsync(buffer.Free);
                if (received == 0)
                {
                    return;
                }

                buffer.Advance(received);
            }
        }
        catch (Exception error) when (Transport.IsLoss(error) || error is OperationCanceledException)
        {
            // One of the two is gone, and so is the tunnel.
        }
    }

    private static async Task SendAsync(BackendConnection connection, Stream client, CancellationToken isOver)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            int read;
            while ((read = await client.ReadAsync(block, isOver)) > 0)
            {
                connection.NoteProgress(MostSilence);
                await connection.Transport.SendAsync(block.AsMemory(0, read));
            }

            // The client has said all: the backend may still have something to say.
            connection.NoteProgress();
            await connection.Transport.EndAsync();
        }
        catch (Exception error) when (Transport.IsLoss(error) || error is OperationCanceledException)
        {
            connection.Transport.Dispose();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }
}
