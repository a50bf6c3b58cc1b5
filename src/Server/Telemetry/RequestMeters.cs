using System.Collections.Frozen;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tollgate.Model.Metrics;

namespace Tollgate.Server.Telemetry;

/// <summary>Management requests by module and status, and how long they took.</summary>
internal sealed class RequestMeters
{
    // Beginnings of paths; what has none of them is counted as other.
    private static readonly (string Path, string Module)[] Modules =
    [
        ("/api/am/publisher", "publisher"), ("/api/am/devportal", "devportal"), ("/api/am/admin", "admin"), ("/api/am/gateway", "gateway"),
        ("/client-registration", "registration"), ("/oauth2", "keymanager"), ("/.well-known", "keymanager"), ("/internal", "sync"),
        ("/health", "health"), ("/metrics", "metrics"),
    ];

    private readonly LabelledCounters _requests = new(
        "tollgate_http_requests_total", "Management requests by module and HTTP status.", "module", "status");

    private readonly FrozenDictionary<string, LatencyHistogram> _durations =
        Modules.Select(entry => entry.Module).Append("other").Distinct().ToFrozenDictionary(module => module, _ => new LatencyHistogram());

    public void Answered(PathString path, int status, TimeSpan duration)
    {
        var module = ModuleOf(path);
        _requests.Add(module, status.ToString(CultureInfo.InvariantCulture));
        _durations[module].Observe(duration);
    }

    public IEnumerable<MetricFamily> Read()
    {
        yield return _requests.Read();
        yield return new MetricFamily(
            "tollgate_http_request_duration_seconds", MetricKind.Histogram,
            "Time to answer a management request, by module; gateways wait for news up to 30 s in module sync.",
            [.. _durations.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value.Read(new MetricLabel("module", pair.Key)))]);
    }

    private static string ModuleOf(PathString path)
    {
        // Other organizations are addressed by a prefix.
        if (path.StartsWithSegments("/t", out var below) && below.Value!.IndexOf('/', 1) is > 0 and var end)
        {
            path = below.Value[end..];
        }

        foreach (var (beginning, module) in Modules)
        {
            if (path.StartsWithSegments(beginning, StringComparison.Ordinal))
            {
                return module;
            }
        }

        return "other";
    }
}
