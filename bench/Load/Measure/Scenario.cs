namespace Tollgate.Load.Measure;

/// <summary>What clients do in one row of the tables.</summary>
/// <param name="Key">Name for <c>--only</c>.</param>
/// <param name="Title">Name in the tables.</param>
/// <param name="Must">Most that the gateway's CPU time per request may be, as a multiple of nginx's; null where there is no budget.</param>
internal sealed record Scenario(string Key, string Title, double? Must)
{
    /// <summary>Path below the API's context; null takes the calls of <see cref="Publish.ManyApis"/>.</summary>
    public string? Path { get; init; } = "/1k";

    public bool IsSecure { get; init; }

    public bool IsHttp2 { get; init; }

    /// <summary>Bytes of a POST's body; 0 for GET.</summary>
    public int Body { get; init; }

    public int Connections { get; init; } = 64;

    /// <summary>Calls at a time on one connection (HTTP/2).</summary>
    public int Streams { get; init; } = 1;

    /// <summary>A connection for every request.</summary>
    public bool NewConnections { get; init; }

    /// <summary>Requests per second that are offered; 0 asks as fast as answers come.</summary>
    public int Rate { get; init; }

    /// <summary>The default profile's own gateway is measured too.</summary>
    public bool WithDefaultProfile { get; init; }

    /// <summary>All of them, in the order of the tables. The budgets are those of docs/performance.md.</summary>
    public static readonly IReadOnlyList<Scenario> All =
    [
        new("get1k", "GET 1 KB", 1.10) { WithDefaultProfile = true },
        new("tls", "GET 1 KB over TLS, kept connections", 1.20) { IsSecure = true },
        new("newtls", "GET 1 KB, a new TLS connection each", 1.25) { IsSecure = true, NewConnections = true, Connections = 16 },
        new("post10k", "POST 10 KB", 1.30) { Path = "/sink", Body = 10 * 1024 },
        new("post1m", "POST 1 MB", 1.30) { Path = "/sink", Body = 1024 * 1024, Connections = 16 },
        new("get100k", "GET 100 KB", 0.70) { Path = "/100k", Connections = 32 },
        new("get1m", "GET 1 MB", 1.20) { Path = "/1m", Connections = 16 },
        new("http2", "GET 1 KB over HTTP/2 and TLS", 1.30) { IsSecure = true, IsHttp2 = true, Connections = 8, Streams = 8 },
        new("many", "GET 1 KB from 1,000 APIs x 20 operations with 1,000 tokens", null) { Path = null },
        new("rate", "GET 1 KB, 3,000 requests/s offered", null) { Rate = 3000, Connections = 60 },
    ];
}
