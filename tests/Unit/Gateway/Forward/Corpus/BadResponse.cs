using Tollgate.Gateway.Forward;

namespace Tollgate.Unit.Gateway.Forward.Corpus;

/// <summary>A response that must not reach a client.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Text">Its bytes, one per char.</param>
/// <param name="Flaw">How the client towards backends calls it.</param>
internal sealed record BadResponse(string Name, string Text, Flaw Flaw);

/// <summary>All of them.</summary>
internal static class BadResponses
{
    public static readonly IReadOnlyDictionary<string, BadResponse> ByName =
        ((IEnumerable<BadResponse>)[.. StatusLines.All, .. HeaderLines.All, .. Lengths.All, .. Chunks.All, .. Sizes.All])
        .ToDictionary(response => response.Name);
}
