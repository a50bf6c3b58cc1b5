namespace Tollgate.Gateway.Loop;

/// <summary>
/// In a process that is a gateway and nothing else, what waits for a socket goes on upon the thread that waits for all of them, the loop:
/// no hand-over to the thread pool, two thirds of the processor time per call (docs/adr/0043). The price: whatever is slow there delays
/// every other call, so that anything over some 50 us is done elsewhere (<see cref="OffLoop"/>).
/// </summary>
public static class SocketLoop
{
    // The runtime reads it once, when the first socket is used. It acts together with UnsafePreferInlineScheduling only.
    private const string Switch = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>Must be called before the process uses its first socket.</summary>
    public static void Begin()
    {
        Environment.SetEnvironmentVariable(Switch, "1");
        // Threads of the pool have little to do here; looking out for more before they sleep is 3 % of a busy gateway's processor time.
        AppContext.SetData("System.Threading.ThreadPool.UnfairSemaphoreSpinLimit", "0");
    }
}
