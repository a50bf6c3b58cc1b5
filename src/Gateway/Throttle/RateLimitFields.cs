using System.Globalization;
using System.Text;
using Tollgate.Model;

namespace Tollgate.Gateway.Throttle;

/// <summary>What callers are told of the limits that a call counted against, or of the one that refused it.</summary>
/// <remarks>
/// RateLimit-Policy and RateLimit are Structured Fields (RFC 9651), lists of strings with parameters. The names are those of levels and not of
/// policies, so that what a client does with them survives a change of plan. Soft quotas refuse nobody, and what protects the back end from
/// everybody is no business of one caller: neither is told.
/// </remarks>
/// <param name="Policies">Value of RateLimit-Policy.</param>
/// <param name="Limits">Value of RateLimit.</param>
/// <param name="Outage">What holds while no traffic manager is heard; null while one is.</param>
internal sealed record RateLimitFields(string Policies, string Limits, string? Outage)
{
    public static RateLimitFields? Of(Exchange exchange)
    {
        var policies = new StringBuilder();
        var limits = new StringBuilder();
        string? outage = null;
        for (var i = 0; i < (exchange.RefusedBy is null ? exchange.Reservations.Count : 1); i++)
        {
            var limit = exchange.RefusedBy ?? exchange.Reservations[i];
            if (limit.Over?.LimitName is { } name)
            {
                Add(policies, limits, name, limit, exchange.RefusedBy is not null, exchange.Now);
                outage ??= limit.IsCutOff(exchange.Now) ? Text(limit.Outage) : null;
            }
        }

        return policies.Length > 0 ? new RateLimitFields(policies.ToString(), limits.ToString(), outage) : null;
    }

    private static void Add(StringBuilder policies, StringBuilder limits, string name, Limit limit, bool isRefused, long now)
    {
        var remaining = isRefused ? 0 : limit.Remaining(now);
        var comma = policies.Length > 0 ? ", " : "";
        var unit = limit.Kind == QuotaKind.Bytes ? ";qu=\"content-bytes\"" : "";
        // When all of it is there again; for a refused call, when one may come, as Retry-After says.
        var reset = Math.Max(1, ((isRefused ? limit.RetryAt(now) : limit.WholeAt(now)) - now + 999) / 1000);
        policies.Append(CultureInfo.InvariantCulture, $"{comma}\"{name}\";q={limit.Max}{unit};w={limit.Quota.WindowMilliseconds / 1000}");
        limits.Append(CultureInfo.InvariantCulture, $"{comma}\"{name}\";r={remaining};t={reset}");
    }

    private static string Text(QuotaOutage outage) => outage switch
    {
        QuotaOutage.Open => "open",
        QuotaOutage.Closed => "closed",
        _ => "local-share",
    };
}
