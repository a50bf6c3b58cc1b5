using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Tollgate.Gateway.Loop;

/// <summary>The calls to the system that the loop makes (epoll(7), recv(2), send(2), connect(2)).</summary>
internal static partial class Libc
{
    public const int EpollAdd = 1;
    public const int EpollDelete = 2;
    public const int EpollCloseOnExec = 0x80000;

    public const uint In = 0x1;
    public const uint Out = 0x4;
    public const uint Error = 0x8;
    public const uint HangUp = 0x10;
    public const uint PeerEnded = 0x2000;
    public const uint EdgeTriggered = 1u << 31;

    public const int Peek = 0x2;
    public const int DontWait = 0x40;
    public const int NoSignal = 0x4000;

    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int ConnectionReset = 104;
    public const int InProgress = 115;

    private const string Name = "libc";

    [LibraryImport(Name, EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int CreateEpoll(int flags);

    [LibraryImport(Name, EntryPoint = "epoll_ctl", SetLastError = true)]
    public static unsafe partial int ControlEpoll(int epoll, int operation, SafeSocketHandle socket, byte* readiness);

    [LibraryImport(Name, EntryPoint = "epoll_wait", SetLastError = true)]
    public static unsafe partial int WaitEpoll(int epoll, byte* readiness, int most, int timeout);

    [LibraryImport(Name, EntryPoint = "recv", SetLastError = true)]
    public static unsafe partial nint Receive(SafeSocketHandle socket, byte* bytes, nint length, int flags);

    [LibraryImport(Name, EntryPoint = "send", SetLastError = true)]
    public static unsafe partial nint Send(SafeSocketHandle socket, byte* bytes, nint length, int flags);

    [LibraryImport(Name, EntryPoint = "connect", SetLastError = true)]
    public static unsafe partial int Connect(SafeSocketHandle socket, byte* address, int length);
}
