using Tollgate.Model;

namespace Tollgate.Publisher.Design;

/// <summary>The rules of what a publisher says about calls: credentials, browsers, how much a backend bears.</summary>
/// <remarks>What is stored and not enforced yet, and what is refused instead, is ADR 36.</remarks>
internal static class RuntimeFields
{
    private const int MaxEntries = 100;

    private static readonly string[] Schemes = ["oauth2", "api_key", "basic_auth", "mutualssl", "oauth_basic_auth_api_key_mandatory"];
    private static readonly string[] Units = ["SECOND", "MINUTE", "HOUR"];
    private static readonly string[] Methods = ["GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS"];

    public static void Check(ApiDesign design)
    {
        CheckSecurity(design.SecurityScheme);
        CheckTransport(design.Transport);
        Header("authorizationHeader", design.AuthorizationHeader);
        Header("apiKeyHeader", design.ApiKeyHeader);
        if (design.ApiKeyHeader.Equals(design.AuthorizationHeader, StringComparison.OrdinalIgnoreCase))
        {
            throw Refusal.BadRequest("apiKeyHeader and authorizationHeader are two different headers.");
        }

        if (design.CorsConfiguration is { } cors)
        {
            CheckCors(cors);
        }

        if (design.MaxTps is { } limits)
        {
            CheckLimits(limits);
        }
    }

    private static void CheckSecurity(IReadOnlyList<string> schemes)
    {
        if (schemes.Contains("mutualssl_mandatory"))
        {
            throw Refusal.BadRequest(
                "securityScheme 'mutualssl_mandatory' is not available in this version: calls without a client certificate would get through.");
        }

        if (schemes.FirstOrDefault(name => !Schemes.Contains(name)) is { } unknown)
        {
            throw Refusal.BadRequest($"securityScheme '{unknown}' is none of {string.Join(", ", Schemes)}.");
        }

        if (!schemes.Any(name => name is "oauth2" or "api_key"))
        {
            throw Refusal.BadRequest(
                "securityScheme needs 'oauth2' or 'api_key': other credentials are stored but not accepted by gateways of this version, so nobody could call.");
        }
    }

    private static void CheckTransport(IReadOnlyList<string> transports)
    {
        if (transports.Count == 0 || transports.Any(name => name.ToLowerInvariant() is not ("http" or "https")))
        {
            throw Refusal.BadRequest("transport lists http, https or both.");
        }
    }

    private static void CheckCors(CorsConfiguration cors)
    {
        if (cors.AccessControlAllowMethods.FirstOrDefault(method => !Methods.Contains(method)) is { } unknown)
        {
            throw Refusal.BadRequest($"corsConfiguration allows the method '{unknown}', which is none of {string.Join(", ", Methods)}.");
        }

        // A star allows every header.
        foreach (var header in cors.AccessControlAllowHeaders.Where(header => header != "*"))
        {
            Header("corsConfiguration.accessControlAllowHeaders", header);
        }

        if (cors.AccessControlAllowOrigins.FirstOrDefault(origin => !IsOrigin(origin)) is { } wrong)
        {
            throw Refusal.BadRequest($"corsConfiguration allows the origin '{wrong}'; write '*' or an origin like https://shop.example.");
        }

        if (cors.AccessControlAllowOrigins.Count > MaxEntries || cors.AccessControlAllowHeaders.Count > MaxEntries)
        {
            throw Refusal.BadRequest($"corsConfiguration lists at most {MaxEntries} origins and headers.");
        }
    }

    // RFC 6454 section 7: scheme, host and port, and nothing behind them. A star inside stands for any subdomain, as in the field.
    private static bool IsOrigin(string origin) => origin == "*"
        || (Uri.TryCreate(origin.Replace("*.", "any.", StringComparison.Ordinal), UriKind.Absolute, out var url)
            && url is { Scheme: "http" or "https", PathAndQuery: "/", Fragment: "", UserInfo: "" } && !origin.EndsWith('/'));

    private static void CheckLimits(MaxTps limits)
    {
        if (limits.Production < 0 || limits.Sandbox < 0)
        {
            throw Refusal.BadRequest("maxTps counts calls: 0 or more.");
        }

        if (!Units.Contains(limits.ProductionTimeUnit) || !Units.Contains(limits.SandboxTimeUnit))
        {
            throw Refusal.BadRequest($"The time units of maxTps are {string.Join(", ", Units)}.");
        }

        if (limits.TokenBasedThrottlingConfiguration is { } tokens && tokens.TryGetProperty("isTokenBasedThrottlingEnabled", out var on)
            && on.ValueKind == System.Text.Json.JsonValueKind.True)
        {
            throw Refusal.BadRequest("maxTps by tokens is for AI APIs, which are not available in this version.");
        }
    }

    private static void Header(string field, string name)
    {
        if (name.Length is 0 or > 100 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw Refusal.BadRequest($"{field} takes header names: letters, digits, '-' and '_'; '{name}' is none.");
        }
    }
}
