using Tollgate.Model;
using Tollgate.Model.Settings;

namespace Tollgate.Gateway;

/// <summary>Which other sites' pages may call APIs that do not say so themselves.</summary>
public sealed record CorsOptions
{
    [Setting("enable", "Answer browsers' preflight requests and let pages of other sites read answers; an API's own settings go before these.")]
    public bool Enabled { get; init; } = true;

    [Setting("allow_origins", "Origins; * is every one, and a * inside stands for subdomains.")]
    public IReadOnlyList<string> Origins { get; init; } = ["*"];

    [Setting("allow_methods", "Methods that pages may use, as far as the operation takes them.")]
    public IReadOnlyList<string> Methods { get; init; } = ["GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"];

    [Setting("allow_headers", "Headers that pages may send, beside those of the API's credentials; * is every one.")]
    public IReadOnlyList<string> Headers { get; init; } =
        ["authorization", "Access-Control-Allow-Origin", "Content-Type", "SOAPAction", "apikey", "Internal-Key", "testKey"];

    [Setting("allow_credentials", "Let pages send cookies and the like; never for an origin that only * allows.")]
    public bool Credentials { get; init; }

    [Setting("expose_headers", "Headers of answers that pages may read, beside the harmless ones.")]
    public IReadOnlyList<string> Exposed { get; init; } = [];

    /// <summary>The same as an API says it; null when off.</summary>
    internal CorsRules? Rules => !Enabled ? null : new CorsRules(new CorsConfiguration
    {
        CorsConfigurationEnabled = true,
        AccessControlAllowOrigins = Origins,
        AccessControlAllowMethods = Methods,
        AccessControlAllowHeaders = Headers,
        AccessControlAllowCredentials = Credentials,
    });
}
