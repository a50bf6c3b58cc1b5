namespace Tollgate.Gateway.Loop;

/// <summary>Closes a client's connection so that it gets its last answer.</summary>
/// <remarks>
/// Closing a socket with unread bytes resets the connection, and a reset overtakes what is still on its way to the client: the refusal of a large
/// body, say. So what came is read and dropped, and what still comes for a short time (RFC 9112 section 9.6).
/// </remarks>
internal sealed class Farewell : IWaiter
{
    // A megabyte at most: who has sent all that before reading the answer is not interested in it.
    private const int MostReads = 256;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly LoopSocket _socket;
    private readonly ITimer _limit;
    private int _reads;

    private Farewell(LoopSocket socket, TimeProvider time)
    {
        _socket = socket;
        _limit = time.CreateTimer(static socket => ((LoopSocket)socket!).Dispose(), socket, Patience, Timeout.InfiniteTimeSpan);
    }

    public static void Begin(LoopSocket socket, TimeProvider time)
    {
        socket.EndSending();
        // Mostly the client has said all it had to say, and has nothing more under way.
        if (Drop(socket) > 0)
        {
            new Farewell(socket, time).Ready();
        }
        else
        {
            socket.Dispose();
        }
    }

    public void Ready()
    {
        do
        {
            int count;
            while ((count = Drop(_socket)) > 0 && _reads < MostReads)
            {
                _reads++;
            }

            if (count != LoopSocket.WouldBlock)
            {
                _limit.Dispose();
                _socket.Dispose();
                return;
            }
        }
        while (!_socket.AwaitReadable(this));
    }

    private static int Drop(LoopSocket socket)
    {
        Span<byte> dropped = stackalloc byte[4096];
        return socket.TryReceive(dropped);
    }
}
