using Tollgate.Model.Settings;

namespace Tollgate.Gateway;

/// <summary>Which environments' callers are told about their limits in headers.</summary>
public sealed record LimitHeaderOptions
{
    private const string Every = "*";

    [Setting("rate_limit", "Environments whose answers have RateLimit and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers-10); * for all.")]
    public IReadOnlyList<string> RateLimit { get; init; } = [];

    [Setting("retry_after", "Environments whose refusals for a limit have Retry-After; * for all.")]
    public IReadOnlyList<string> RetryAfter { get; init; } = [Every];

    /// <summary>True when an environment is in one of these lists.</summary>
    public static bool Has(IReadOnlyList<string> environments, string name)
    {
        for (var i = 0; i < environments.Count; i++)
        {
            if (environments[i] == Every || environments[i] == name)
            {
                return true;
            }
        }

        return false;
    }
}
