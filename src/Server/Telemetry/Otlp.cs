using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Tollgate.Gateway;
using Tollgate.Model.Metrics;
using Tollgate.Server.Configuration;
using Tollgate.Server.Options;
using Tollgate.Storage;

namespace Tollgate.Server.Telemetry;

/// <summary>Sends traces and the metrics of /metrics to an OTLP receiver, when one is configured.</summary>
internal sealed class Otlp(IEnumerable<MetricSource> sources, TelemetryOptions options, string profile) : IHostedService, IDisposable
{
    private const string MeterName = "Tollgate";

    private readonly Meter _meter = new(MeterName);
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.OtlpEndpoint.Length == 0)
        {
            return Task.CompletedTask;
        }

        if (!Uri.TryCreate(options.OtlpEndpoint, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
        {
            throw new ConfigurationException(
                $"telemetry.otlp_endpoint '{options.OtlpEndpoint}' must be an http or https address, like http://collector:4318.");
        }

        var resource = ResourceBuilder.CreateEmpty().AddService("tollgate", serviceVersion: ProductVersion.Text)
            .AddAttributes([new("tollgate.profile", profile)]);
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource("Microsoft.AspNetCore", GatewayTraces.Calls, GatewayTraces.Feed, DatabaseMeters.Traces)
            .SetSampler(new ParentBasedSampler(new CallSampler(options.TracedCallsPercent)))
            .AddOtlpExporter(exporter => Configure(exporter, endpoint, "v1/traces"))
            .Build();
        AddInstruments();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(MeterName)
            .AddOtlpExporter((exporter, reader) =>
            {
                Configure(exporter, endpoint, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.ExportInterval.TotalMilliseconds;
            })
            .Build();
        return Task.CompletedTask;
    }

    // What has not been sent yet is sent now.
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _traces?.ForceFlush(2000);
        _metrics?.ForceFlush(2000);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
        _meter.Dispose();
    }

    // The parts of a histogram are sent as counters of their own, as Prometheus has them.
    private void AddInstruments()
    {
        foreach (var source in sources)
        {
            foreach (var family in source.Read())
            {
                foreach (var suffix in family.Kind == MetricKind.Histogram ? (string[])["_bucket", "_sum", "_count"] : [""])
                {
                    AddInstrument(source, family, suffix);
                }
            }
        }
    }

    private void AddInstrument(MetricSource source, MetricFamily family, string suffix)
    {
        var read = () => Measurements(source, family.Name, suffix);
        if (family.Kind == MetricKind.Gauge)
        {
            _meter.CreateObservableGauge(family.Name, read, description: family.Help);
        }
        else
        {
            _meter.CreateObservableCounter(family.Name + suffix, read, description: family.Help);
        }
    }

    private static IEnumerable<Measurement<double>> Measurements(MetricSource source, string name, string suffix) =>
        from family in source.Read()
        where family.Name == name
        from sample in family.Samples
        where sample.Suffix == suffix
        select new Measurement<double>(sample.Number, sample.Labels.Select(label => new KeyValuePair<string, object?>(label.Name, label.Text)));

    private void Configure(OtlpExporterOptions exporter, Uri endpoint, string path)
    {
        exporter.Headers = options.OtlpHeaders.Length > 0 ? options.OtlpHeaders : null;
        exporter.Protocol = options.OtlpProtocol switch
        {
            "http/protobuf" => OtlpExportProtocol.HttpProtobuf,
            "grpc" => OtlpExportProtocol.Grpc,
            _ => throw new ConfigurationException($"telemetry.otlp_protocol '{options.OtlpProtocol}' is neither http/protobuf nor grpc."),
        };
        exporter.Endpoint = exporter.Protocol == OtlpExportProtocol.Grpc || endpoint.AbsolutePath != "/" ? endpoint : new Uri(endpoint, path);
    }
}
