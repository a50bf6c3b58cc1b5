using System.Diagnostics;
using Tollgate.Gateway.Follow;
using Tollgate.Model.Metrics;

namespace Tollgate.Gateway.Record;

/// <summary>
/// What the gateway measures. On the way of a call there are two histograms and, for what is refused, a counter; the rest is read from the
/// usage book and the snapshot when somebody scrapes.
/// </summary>
internal sealed class GatewayMeters(LiveSnapshot live, UsageBook usage, TimeProvider time)
{
    // Label values of a metric must not grow without bound; the calls of further APIs are counted under one name.
    private const int MostApis = 1000;
    private const string OtherApis = "other";

    private readonly LatencyHistogram _duration = new();
    private readonly LatencyHistogram _backend = new();
    private readonly StripedCounter _allowed = new();
    private readonly LabelledCounters _faults = new(
        "tollgate_gateway_faults_total", "Calls that the gateway answered itself, by error code and HTTP status.", "code", "status");

    private readonly Lock _lock = new();
    private readonly HashSet<string> _apis = [];

    /// <summary>All limits let the call through.</summary>
    public void Allowed() => _allowed.Add();

    /// <summary>The call has its answer, from the backend or from us.</summary>
    public void Answered(Exchange exchange)
    {
        _duration.Observe(Stopwatch.GetElapsedTime(exchange.StartedAt));
        if (exchange.BackendTime > TimeSpan.Zero)
        {
            _backend.Observe(exchange.BackendTime);
        }
    }

    public void Refused(Fault fault, int status) => _faults.Add(fault.Code, StatusText.Of(status));

    public IEnumerable<MetricFamily> Read()
    {
        var faults = _faults.Read();
        yield return new MetricFamily(
            "tollgate_gateway_requests_total", MetricKind.Counter, "Calls by API and status class; no API means that none matched.", Requests());
        yield return faults;
        yield return new MetricFamily(
            "tollgate_gateway_throttle_decisions_total", MetricKind.Counter, "Calls that limits let through, and calls that a limit refused.",
            [new(_allowed.Read(), [new("decision", "allowed")]), new(SumOf(faults, "9008"), [new("decision", "refused")])]);
        yield return new MetricFamily(
            "tollgate_gateway_upstream_errors_total", MetricKind.Counter, "Calls whose backend could not be reached, or failed, by error code.",
            [.. faults.Samples.Where(sample => sample.Labels[0].Text.StartsWith("1015", StringComparison.Ordinal))
                .GroupBy(sample => sample.Labels[0])
                .Select(group => new MetricSample(group.Sum(sample => sample.Number), [group.Key]))]);
        yield return new MetricFamily(
            "tollgate_gateway_request_duration_seconds", MetricKind.Histogram, "Time from a call's head to the end of its answer.",
            [.. _duration.Read()]);
        yield return new MetricFamily(
            "tollgate_gateway_backend_duration_seconds", MetricKind.Histogram, "Time from sending a call to its backend until the answer's head.",
            [.. _backend.Read()]);
        var snapshot = live.Current;
        yield return new MetricFamily(
            "tollgate_gateway_served_version", MetricKind.Gauge, "Runtime version that this gateway serves.", [new(snapshot.Cursor.Version, [])]);
        yield return new MetricFamily(
            "tollgate_gateway_feed_age_seconds", MetricKind.Gauge,
            "Time since the control plane last answered, news or none; a long poll answers within 30 s. -1 before the first answer.",
            [new(live.HeardAt is 0 ? -1 : (time.GetUtcNow().ToUnixTimeMilliseconds() - live.HeardAt) / 1000.0, [])]);
    }

    private List<MetricSample> Requests() =>
    [
        .. from line in usage.Read()
           group line by (Api: Name(line.Key.ApiId), Class: StatusText.ClassOf(line.Key.Status)) into same
           orderby same.Key.Api, same.Key.Class
           select new MetricSample(same.Sum(line => line.Calls), [new("api_id", same.Key.Api), new("status", same.Key.Class)]),
    ];

    private static double SumOf(MetricFamily faults, string code) =>
        faults.Samples.Where(sample => sample.Labels[0].Text.StartsWith(code, StringComparison.Ordinal)).Sum(sample => sample.Number);

    // An API that has its name keeps it, so that its counter never falls.
    private string Name(string apiId)
    {
        lock (_lock)
        {
            return apiId.Length == 0 || _apis.Contains(apiId) || (_apis.Count < MostApis && _apis.Add(apiId)) ? apiId : OtherApis;
        }
    }
}
