using System.Net;

namespace Tollgate.Security.Fetch;

/// <summary>What came of a fetch: an answer, or the sentence that says why there is none.</summary>
public sealed record Fetched
{
    /// <summary>Why nothing was fetched; null when there is an answer.</summary>
    public string? Problem { get; init; }

    public HttpStatusCode Status { get; init; }

    public string? Reason { get; init; }

    public byte[] Content { get; init; } = [];

    internal static Fetched Failed(string problem) => new() { Problem = problem };
}
