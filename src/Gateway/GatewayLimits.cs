using System.ComponentModel.DataAnnotations;
using Tollgate.Model.Settings;

namespace Tollgate.Gateway;

/// <summary>What one client may ask of the gateway's ports before any API is looked up.</summary>
public sealed record GatewayLimits
{
    [Range(256, 1024 * 1024)]
    [Setting("max_request_line_bytes", "Longest request line; a longer one is answered 414.")]
    public int RequestLineBytes { get; init; } = 8 * 1024;

    [Range(1024, 16 * 1024 * 1024)]
    [Setting("max_header_bytes", "Size of all header lines of a request together; more is answered 431.")]
    public int HeaderBytes { get; init; } = 64 * 1024;

    [Range(1, 10_000)]
    [Setting("max_header_count", "How many header lines a request may have; more is answered 431.")]
    public int HeaderCount { get; init; } = 100;

    [Range(0, 10_000_000)]
    [Setting("max_connections", "How many connections are open at once; a further one is closed at once. 0 for no limit.")]
    public int Connections { get; init; }

    [Setting("head_timeout", "How long a client may take to send the head of a request; answered 408.", Unit = "s")]
    public TimeSpan HeadTimeout { get; init; } = TimeSpan.FromSeconds(30);

    [Setting("keep_alive_timeout", "How long a connection may stay open without a request.", Unit = "s")]
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(130);

    [Range(0, int.MaxValue)]
    [Setting("min_body_rate", "Bytes per second below which a client that sends a body is cut off (408) once the time of grace is over; 0 for no limit.")]
    public int BodyRate { get; init; } = 240;

    [Range(0, int.MaxValue)]
    [Setting("min_response_rate", "Bytes per second below which a client that reads an answer is cut off once the time of grace is over; 0 for no limit.")]
    public int ResponseRate { get; init; } = 240;

    [Setting("rate_grace", "How long a client may stay below either rate.", Unit = "s")]
    public TimeSpan RateGrace { get; init; } = TimeSpan.FromSeconds(5);

    [Range(1, 10_000)]
    [Setting("http2_streams", "How many requests of one HTTP/2 connection are served at once.")]
    public int Http2Streams { get; init; } = 100;
}
