using System.Net;
using System.Net.Sockets;

namespace Tollgate.Load.Processes;

/// <summary>Ports that nobody listens on.</summary>
internal static class FreePorts
{
    private static readonly int[] NodePorts = [9443, 9763, 8280, 8243, 9099, 8099];

    // Below 32768, where the ports of outgoing connections begin.
    private static int _next = 12_000 + (Environment.ProcessId % 100 * 100);

    public static int Next()
    {
        while (!IsFree(_next))
        {
            _next++;
        }

        return _next++;
    }

    /// <summary>An offset at which all ports of a node are free.</summary>
    public static int Offset()
    {
        while (!NodePorts.All(port => IsFree(port + _next - 9000)))
        {
            _next++;
        }

        return _next++ - 9000;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.IPv6Any, port);
            listener.Server.DualMode = true;
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
