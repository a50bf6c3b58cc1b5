using System.Buffers.Text;
using System.Text;

namespace Tollgate.Gateway.Match;

/// <summary>What a WebSocket handshake must say (RFC 6455 section 4.2.1). The rest of it is between client and backend.</summary>
internal static class Handshake
{
    private const int KeyBytes = 16;
    private const int KeyLength = 24;

    /// <summary>Null when it is one.</summary>
    public static Fault? Check(in RequestView request)
    {
        if (!HasOnly(request.Headers, "Upgrade"u8, "websocket"u8) || !request.Headers.Lists("Connection"u8, "upgrade"u8)
            || !HasOnly(request.Headers, "Sec-WebSocket-Version"u8, "13"u8))
        {
            return Faults.NoHandshake;
        }

        return request.Headers.TryGetOnly("Sec-WebSocket-Key"u8, out var key, out var repeated) && !repeated && key.Length == KeyLength
            && Base64.IsValid(key, out var bytes) && bytes == KeyBytes
            ? null
            : Faults.BadHandshake;
    }

    private static bool HasOnly(HeaderLines headers, ReadOnlySpan<byte> name, ReadOnlySpan<byte> wanted) =>
        headers.TryGetOnly(name, out var value, out var repeated) && !repeated && Ascii.EqualsIgnoreCase(value, wanted);
}
