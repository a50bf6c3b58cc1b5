using Tollgate.Gateway.Throttle;

namespace Tollgate.Gateway.Listen;

/// <summary>Tells callers about their limits, in the environments that are set to (draft-ietf-httpapi-ratelimit-headers-10).</summary>
internal sealed class LimitHeaders(GatewayOptions options)
{
    private readonly IReadOnlyList<string> _environments = options.LimitHeaders.RateLimit;

    /// <summary>Adds the headers when the answer begins, whoever makes it. A backend's own fields of these names give way.</summary>
    public void Attach(RequestContext context)
    {
        if (_environments.Count > 0 && context.Exchange.Api is { } api && LimitHeaderOptions.Has(_environments, api.Deployed.Environment)
            && RateLimitFields.Of(context.Exchange) is { } fields)
        {
            context.Response.OnStarting(
                static state =>
                {
                    var (begun, fields) = ((RequestContext, RateLimitFields))state;
                    var headers = begun.Response.Headers;
                    headers["RateLimit-Policy"] = fields.Policies;
                    headers["RateLimit"] = fields.Limits;
                    if (fields.Outage is not null)
                    {
                        headers["Tollgate-Limits"] = fields.Outage;
                    }

                    return Task.CompletedTask;
                },
                (context, fields));
        }
    }

    /// <summary>True when a refusal says in a header when to come again; the body always does.</summary>
    public bool HaveRetryAfter(Exchange exchange) =>
        exchange.Api is not { } api || LimitHeaderOptions.Has(options.LimitHeaders.RetryAfter, api.Deployed.Environment);
}
