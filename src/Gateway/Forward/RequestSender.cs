using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Tollgate.Gateway.Forward;

/// <summary>Sends a request whose head is written: at once, packed with a small body, or streamed as fast as the slower of the two sides.</summary>
internal static class RequestSender
{
    // A body up to this size is gathered and sent together with the head: one segment train, and the request can be repeated.
    private const int MostPacked = 16 * 1024;
    private const int BlockSize = 64 * 1024;

    // A chunk's size before and its end behind its data.
    private const int ChunkHead = 10;
    private const int ChunkRoom = ChunkHead + 2;

    private static ReadOnlySpan<byte> LastChunk => "0\r\n\r\n"u8;

    /// <summary>Sends and ends the request's part of the call. Never throws.</summary>
    public static void Send(BackendConnection connection, BackendCall call)
    {
        if (!call.IsPacked)
        {
            _ = SendBodyAsync(connection, call);
            return;
        }

        call.NoteSent();
        connection.NoteSending();
        var sending = connection.Transport.SendAsync(connection.Head.Written);
        if (sending.IsCompletedSuccessfully)
        {
            connection.EndRequest(null);
        }
        else
        {
            _ = FinishAsync(connection, sending);
        }
    }

    private static async Task FinishAsync(BackendConnection connection, ValueTask sending)
    {
        try
        {
            await sending;
            connection.EndRequest(null);
        }
        catch (Exception error) when (Transport.IsLoss(error))
        {
            // Whether there is an answer nevertheless, or how the connection ended, is for the reader to find out.
            connection.EndRequest(null);
        }
        catch (Exception error)
        {
            connection.FailPart(error);
        }
    }

    private static async Task SendBodyAsync(BackendConnection connection, BackendCall call)
    {
        try
        {
            var fault = call.BodyLength <= MostPacked ? await PackAsync(connection, call) : await StreamAsync(connection, call);
            connection.EndRequest(fault);
        }
        catch (Exception error) when (Transport.IsLoss(error))
        {
            connection.EndRequest(null);
        }
        catch (Exception error)
        {
            connection.FailPart(error);
        }
    }

    private static async ValueTask<Fault?> PackAsync(BackendConnection connection, BackendCall call)
    {
        var missing = call.BodyLength!.Value;
        while (missing > 0)
        {
            var (read, fault) = await ReadAsync(connection, call.Body!);
            if (fault is not null || read.IsCanceled)
            {
                return fault;
            }

            foreach (var segment in read.Buffer)
            {
                connection.Head.Add(segment.Span);
            }

            missing -= read.Buffer.Length;
            call.Body!.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted && missing > 0)
            {
                return Faults.IncompletePayload;
            }

            connection.NoteProgress();
        }

        call.IsPacked = true;
        call.Context.Exchange.CountBody(call.BodyLength.Value);
        if (!connection.IsLost)
        {
            call.NoteSent();
            connection.NoteSending();
            await connection.Transport.SendAsync(connection.Head.Written);
        }

        return null;
    }

    private static async ValueTask<Fault?> StreamAsync(BackendConnection connection, BackendCall call)
    {
        call.NoteSent();
        connection.NoteSending();
        await connection.Transport.SendAsync(connection.Head.Written);
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            var sent = 0L;
            while (true)
            {
                var (read, fault) = await ReadAsync(connection, call.Body!);
                if (fault is not null || read.IsCanceled)
                {
                    return fault;
                }

                var rest = read.Buffer;
                while (!rest.IsEmpty)
                {
                    var piece = rest.Slice(0, Math.Min(rest.Length, BlockSize - ChunkRoom));
                    rest = rest.Slice(piece.End);
                    sent += piece.Length;
                    call.Context.Exchange.CountBody(sent);
                    await connection.Transport.SendAsync(call.BodyLength is null ? Chunk(piece, block) : Plain(piece, block));
                    connection.NoteProgress();
                }

                call.Body!.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    return await EndAsync(connection, call, sent, block);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private static async ValueTask<Fault?> EndAsync(BackendConnection connection, BackendCall call, long sent, byte[] block)
    {
        if (call.BodyLength is { } length)
        {
            return sent == length ? null : Faults.IncompletePayload;
        }

        LastChunk.CopyTo(block);
        await connection.Transport.SendAsync(block.AsMemory(0, LastChunk.Length));
        return null;
    }

    // Asking for the body is what lets the server answer Expect: 100-continue.
    private static async ValueTask<(ReadResult Read, Fault? Fault)> ReadAsync(BackendConnection connection, PipeReader body)
    {
        try
        {
            while (true)
            {
                var read = await body.ReadAsync();
                if (!read.IsCanceled)
                {
                    return (read, null);
                }

                body.AdvanceTo(read.Buffer.Start);
                if (connection.IsLate || connection.IsStopped)
                {
                    return (read, connection.IsLate ? Faults.IncompletePayload : null);
                }
            }
        }
        catch (BadHttpRequestException error)
        {
            return (default, error.StatusCode == StatusCodes.Status413PayloadTooLarge ? Faults.TooLarge : Faults.IncompletePayload);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            return (default, Faults.IncompletePayload);
        }
    }

    // The server hands bodies out in segments of 4 KB: copied together they cost one call to the system instead of sixteen.
    private static ReadOnlyMemory<byte> Plain(in ReadOnlySequence<byte> piece, byte[] block)
    {
        if (piece.IsSingleSegment)
        {
            return piece.First;
        }

        piece.CopyTo(block);
        return block.AsMemory(0, (int)piece.Length);
    }

    private static ReadOnlyMemory<byte> Chunk(in ReadOnlySequence<byte> piece, byte[] block)
    {
        var length = (int)piece.Length;
        Utf8Formatter.TryFormat(length, block, out var digits, 'x');
        "\r\n"u8.CopyTo(block.AsSpan(digits));
        piece.CopyTo(block.AsSpan(digits + 2));
        "\r\n"u8.CopyTo(block.AsSpan(digits + 2 + length));
        return block.AsMemory(0, digits + 2 + length + 2);
    }
}
