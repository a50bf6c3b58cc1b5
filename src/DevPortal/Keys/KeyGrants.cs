using Tollgate.Model;

namespace Tollgate.DevPortal.Keys;

/// <summary>The grant types that keys may have.</summary>
internal static class KeyGrants
{
    /// <summary>What the key manager's token endpoint answers.</summary>
    public static readonly IReadOnlyList<string> Offered = ["client_credentials", "password", "refresh_token"];

    // Clients of the field register these along with the others; they are kept for the day the key manager offers them.
    private static readonly IReadOnlyList<string> WithCallback = ["authorization_code", "implicit"];

    /// <summary>The grant types as they are stored; the two that end at a callback URL need one.</summary>
    public static IReadOnlyList<string> Checked(IReadOnlyList<string> wanted, string? callbackUrl)
    {
        if (wanted.Count == 0)
        {
            throw Refusal.BadRequest($"Name at least one grant type; choose from {Names}.");
        }

        if (wanted.FirstOrDefault(grant => !Offered.Contains(grant) && !WithCallback.Contains(grant)) is { } unknown)
        {
            throw Refusal.BadRequest($"The grant type '{unknown}' is not available; choose from {Names}.");
        }

        return callbackUrl is null && wanted.FirstOrDefault(WithCallback.Contains) is { } blind
            ? throw Refusal.BadRequest($"The grant type '{blind}' needs a callbackUrl.")
            : [.. wanted.Distinct()];
    }

    /// <summary>A callback URL as it is stored; null for none.</summary>
    public static string? CheckedCallback(string? url) => string.IsNullOrEmpty(url) ? null
        : url.Length <= 2000 && Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "https" or "http" && parsed.Fragment.Length == 0
            ? url
            : throw Refusal.BadRequest("callbackUrl is an absolute http or https URL without a fragment.");

    private static string Names => string.Join(", ", Offered.Concat(WithCallback));
}
