namespace Tollgate.Gateway.Forward;

/// <summary>What is wrong with a response. Whatever it is, the client gets the fault of a broken backend and the connection is not used again.</summary>
internal enum Flaw : byte
{
    None,

    /// <summary>Not HTTP/1.x, or no status of three digits.</summary>
    StatusLine,

    /// <summary>A line ends without CR before LF, or has a CR inside.</summary>
    LineEnd,

    /// <summary>A line continues the one before (RFC 9112 section 5.2).</summary>
    FoldedLine,
    HeaderName,
    HeaderValue,

    /// <summary>Not a number, too large a number, or two different ones.</summary>
    ContentLength,

    /// <summary>Anything but exactly chunked, or with HTTP/1.0, or where there can be no body.</summary>
    TransferEncoding,

    /// <summary>Both of them: who is right is anybody's guess (RFC 9112 section 6.3).</summary>
    LengthAndEncoding,
    HeadTooLarge,
    TooManyLines,
    TooManyInterim,

    /// <summary>101 that nobody asked for, or to another protocol.</summary>
    Upgrade,
    ChunkSize,
    ChunkExtension,
    ChunkEnd,
    Trailer,

    /// <summary>The connection ended before the response did.</summary>
    BrokeOff,
}
