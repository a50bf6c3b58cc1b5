using System.ComponentModel.DataAnnotations;
using Tollgate.Model.Settings;

namespace Tollgate.Server.Options;

/// <summary>Settings of what a node tells of itself.</summary>
internal sealed record TelemetryOptions
{
    [Setting("log.level", "Lowest level that is logged: Verbose, Debug, Information, Warning, Error. Can be changed while the node runs.")]
    public string LogLevel { get; init; } = "Information";

    [Setting("log.format", "How log lines are written: text, or json with one object per line.")]
    public string LogFormat { get; init; } = "text";

    [Setting(
        "telemetry.metrics_token",
        "Bearer token with which another machine may read /metrics; without one only this machine may.", Secret = true)]
    public string MetricsToken { get; init; } = "";

    [Setting("telemetry.otlp_endpoint", "OTLP receiver of traces and metrics, like http://collector:4318; empty sends nothing.")]
    public string OtlpEndpoint { get; init; } = "";

    [Setting("telemetry.otlp_protocol", "How to speak to it: http/protobuf or grpc.")]
    public string OtlpProtocol { get; init; } = "http/protobuf";

    [Setting("telemetry.otlp_headers", "Headers for the receiver: name=value, separated by commas.", Secret = true)]
    public string OtlpHeaders { get; init; } = "";

    [Range(0, 100)]
    [Setting("telemetry.traced_calls_percent", "How many of the calls that bring no traceparent are traced.")]
    public int TracedCallsPercent { get; init; } = 10;

    [Setting("telemetry.export_interval", "How often metrics are sent to the receiver.", Unit = "s")]
    public TimeSpan ExportInterval { get; init; } = TimeSpan.FromSeconds(30);
}
