using System.Collections.Concurrent;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tollgate.Gateway.Loop;

/// <summary>A thread that waits for all of its sockets at once and goes on with whatever waited for them (docs/adr/0028).</summary>
internal sealed unsafe class EventLoop
{
    private const int MostAtOnce = 256;

    // struct epoll_event is packed on x64 only (epoll_ctl(2)).
    private static readonly int DataAt = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventSize = DataAt + sizeof(long);

    private static readonly Lazy<EventLoop[]> All = new(StartAll);
    private static int _last;

    [ThreadStatic]
    private static EventLoop? _current;

    private readonly int _epoll = Libc.CreateEpoll(Libc.EpollCloseOnExec);
    private readonly ConcurrentQueue<GCHandle> _removed = new();

    private EventLoop(int number)
    {
        if (_epoll < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        Number = number;
    }

    /// <summary>False where sockets are waited for by the runtime.</summary>
    public static bool IsSupported { get; } = OperatingSystem.IsLinux();

    /// <summary>How many there are.</summary>
    public static int Count { get; } = IsSupported ? Environment.ProcessorCount : 1;

    /// <summary>Its place among them.</summary>
    public int Number { get; }

    /// <summary>The loop whose thread this is; null on any other thread.</summary>
    public static EventLoop? Current => _current;

    /// <summary>They take turns.</summary>
    public static EventLoop Next() => All.Value[(uint)Interlocked.Increment(ref _last) % (uint)Count];

    /// <summary>Begins to watch a socket; what to hand back to <see cref="Remove"/>.</summary>
    public GCHandle Add(LoopSocket socket)
    {
        var handle = GCHandle.Alloc(socket);
        var readiness = stackalloc byte[EventSize];
        Unsafe.WriteUnaligned(readiness, Libc.In | Libc.Out | Libc.PeerEnded | Libc.EdgeTriggered);
        Unsafe.WriteUnaligned(readiness + DataAt, (long)GCHandle.ToIntPtr(handle));
        if (Libc.ControlEpoll(_epoll, Libc.EpollAdd, socket.Handle, readiness) == 0)
        {
            return handle;
        }

        var error = Marshal.GetLastPInvokeError();
        handle.Free();
        throw new Win32Exception(error);
    }

    /// <summary>Before the socket is closed.</summary>
    public void Remove(LoopSocket socket, GCHandle handle)
    {
        var nothing = stackalloc byte[EventSize];
        _ = Libc.ControlEpoll(_epoll, Libc.EpollDelete, socket.Handle, nothing);
        // Events of the current round may still name it: freed before the next.
        _removed.Enqueue(handle);
    }

    private static EventLoop[] StartAll()
    {
        var loops = new EventLoop[Count];
        for (var i = 0; i < loops.Length; i++)
        {
            loops[i] = new EventLoop(i);
            new Thread(loops[i].Run) { IsBackground = true, Name = "Gateway loop" }.UnsafeStart();
        }

        return loops;
    }

    private void Run()
    {
        _current = this;
        var events = stackalloc byte[MostAtOnce * EventSize];
        while (true)
        {
            while (_removed.TryDequeue(out var handle))
            {
                handle.Free();
            }

            // -1 when a signal came.
            var count = Libc.WaitEpoll(_epoll, events, MostAtOnce, timeout: -1);
            for (var i = 0; i < count; i++)
            {
                var at = events + (i * EventSize);
                var socket = GCHandle.FromIntPtr((nint)Unsafe.ReadUnaligned<long>(at + DataAt)).Target;
                Unsafe.As<LoopSocket>(socket!).Notice(Unsafe.ReadUnaligned<uint>(at));
            }
        }
    }
}
