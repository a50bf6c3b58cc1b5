using System.Text;

namespace Tollgate.Gateway.Listen.Tunnels;

/// <summary>Why the gateway ends an open WebSocket connection: close code and reason (RFC 6455 section 7.4; 4000 and up are the field's).</summary>
internal sealed class Closing
{
    public static readonly Closing GoingAway = new(1001, "The gateway stops.");

    public static readonly Closing Silent = new(1001, "The connection was silent for too long.");

    private static readonly Closing NotServed = new(1001, "The API is not served any more.");

    private Closing(ushort code, string reason)
    {
        // FIN and opcode 8; what a server sends is not masked.
        ToClient = [0x88, (byte)(2 + reason.Length), (byte)(code >> 8), (byte)code, .. Encoding.ASCII.GetBytes(reason)];
        // To the backend the gateway is a client, and going away; a mask of zeros leaves the two bytes of the code as they are.
        ToBackend = [0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe9];
    }

    public byte[] ToClient { get; }

    public byte[] ToBackend { get; }

    /// <summary>For a connection that would not be let in any more; null when the fault says nothing about it.</summary>
    public static Closing? Of(Fault fault) => fault.Status switch
    {
        401 => new Closing(4001, fault.Code),
        403 when fault.Code == Faults.Denied.Code => new Closing(4006, fault.Code),
        403 => new Closing(4002, fault.Code),
        503 when fault.Code == Faults.ApiBlocked.Code => new Closing(4006, fault.Code),
        // A gateway that cannot ask or know does not end what was let in.
        >= 500 => null,
        _ => NotServed,
    };
}
