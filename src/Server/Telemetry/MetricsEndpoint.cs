using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Model.Metrics;
using Tollgate.Server.Options;
using Tollgate.SignIn.Access;

namespace Tollgate.Server.Telemetry;

/// <summary>GET /metrics, for callers on this machine and those who know the configured token.</summary>
internal sealed class MetricsEndpoint(IEnumerable<MetricSource> sources, TelemetryOptions options)
{
    // As hashes, so that comparing takes the same time whatever the length.
    private readonly byte[]? _token = options.MetricsToken.Length == 0 ? null : Hash(options.MetricsToken);

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/metrics", AnswerAsync).Open("Checks by itself: this machine, or the token of telemetry.metrics_token.");

    private Task AnswerAsync(HttpContext http)
    {
        if (!IsLocal(http) && !HasToken(http))
        {
            http.Response.Headers.WWWAuthenticate = "Bearer realm=\"Tollgate metrics\"";
            throw new Refusal(
                401, 401, "Unauthenticated request",
                "Metrics are for this machine; another one needs the bearer token that telemetry.metrics_token sets.");
        }

        http.Response.ContentType = PrometheusText.ContentType;
        return http.Response.WriteAsync(PrometheusText.Render(sources.SelectMany(source => source.Read())), http.RequestAborted);
    }

    // What a proxy on this machine passes on comes from elsewhere.
    private static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded");

    private bool HasToken(HttpContext http) =>
        _token is not null && AuthorizationHeader.Bearer(http) is { } presented
        && CryptographicOperations.FixedTimeEquals(Hash(presented), _token);

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
