using System.Net;
using System.Net.Sockets;

namespace Tollgate.Flows.Harness;

/// <summary>Finds ports, and offsets at which all ports of a node are free.</summary>
internal static class FreePorts
{
    private static readonly int[] Ports = [9443, 9763, 8280, 8243, 9099, 8099];

    // Below 32768, where the ports of outgoing connections begin: those come and go while a node restarts.
    private static int _last = 1000 + (Environment.ProcessId % 200 * 100);

    public static int Offset()
    {
        while (true)
        {
            var offset = Interlocked.Add(ref _last, 7);
            if (Ports.All(port => IsFree(port + offset)))
            {
                return offset;
            }
        }
    }

    /// <summary>A port for a program that cannot choose one itself.</summary>
    public static int One()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
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
