using Tollgate.Gateway.Listen;
using Tollgate.Gateway.Transform;

namespace Tollgate.Gateway.Forward;

/// <summary>Sends a checked call to its backend and streams the answer back.</summary>
internal sealed class Forwarder(BackendClient backend, GatewayOptions options)
{
    /// <summary>The HTTP status of a fault; backend faults are 500 where the older form is configured.</summary>
    public int StatusOf(Fault fault) => options.LegacyFaultStatus && fault.Status is 502 or 504 ? 500 : fault.Status;

    /// <summary>Null when the answer was passed on or the client has left, else the fault to answer with.</summary>
    /// <remarks>Not an async method: mostly a connection is idle, and the call itself is what is awaited.</remarks>
    public ValueTask<Fault?> ForwardAsync(RequestContext context)
    {
        if (backend.Find(context.Exchange.Endpoint!) is not { } address)
        {
            return new ValueTask<Fault?>(Faults.ConnectionFailed);
        }

        if (GrpcForwarder.Takes(context.Request))
        {
            return backend.Grpc.ForwardAsync(context, address);
        }

        var call = context.Call ??= new BackendCall();
        call.Begin(context, address);
        var pool = address.Pool;
        var answer = call.Task;
        while (pool.TryTake() is { } connection)
        {
            RequestHead.Write(connection.Head, call);
            if (connection.TryBegin(call))
            {
                return answer;
            }
        }

        var head = new HeadBuffer();
        RequestHead.Write(head, call);
        _ = pool.ConnectAsync(call, head);
        return answer;
    }
}
