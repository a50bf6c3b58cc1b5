using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Tollgate.Flows.Harness;

/// <summary>A span as it came over OTLP.</summary>
public sealed record ReceivedSpan(string Source, string Name, string TraceId, string SpanId, string ParentId, IReadOnlyDictionary<string, string> Attributes);

/// <summary>Receives OTLP over HTTP or gRPC and reads the protobuf messages by their field numbers (opentelemetry-proto v1).</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedSpan> _spans = new();
    private readonly ConcurrentDictionary<string, bool> _metrics = new();

    private OtlpReceiver(WebApplication app) => _app = app;

    public string Url { get; private set; } = "";

    public IReadOnlyList<ReceivedSpan> Spans => [.. _spans];

    /// <summary>Names of the metrics that came.</summary>
    public IReadOnlyCollection<string> Metrics => [.. _metrics.Keys];

    /// <summary>The header "authorization" of what came last.</summary>
    public string? Authorization { get; private set; }

    /// <summary>With gRPC it speaks HTTP/2 in clear text (h2c), as collectors do on port 4317.</summary>
    public static async Task<OtlpReceiver> StartAsync(bool grpc = false)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = grpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        var app = builder.Build();
        var receiver = new OtlpReceiver(app);
        app.Run(receiver.HandleAsync);
        await app.StartAsync();
        receiver.Url = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        return receiver;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        Authorization = http.Request.Headers.Authorization;
        var isGrpc = http.Request.ContentType == "application/grpc";
        // Length-prefixed message: a byte for compression, four for the length (github.com/grpc/grpc, PROTOCOL-HTTP2.md).
        var message = new ProtobufMessage(body.ToArray()[(isGrpc ? 5 : 0)..]);
        switch (http.Request.Path.Value)
        {
            case "/v1/traces" when http.Request.ContentType == "application/x-protobuf":
            case "/opentelemetry.proto.collector.trace.v1.TraceService/Export" when isGrpc:
                // ExportTraceServiceRequest.resource_spans.scope_spans.spans
                foreach (var scope in message.Messages(1).SelectMany(resource => resource.Messages(2)))
                {
                    var source = scope.Messages(1).Single().Text(1);
                    foreach (var span in scope.Messages(2))
                    {
                        _spans.Enqueue(Span(source, span));
                    }
                }

                break;
            case "/v1/metrics" when http.Request.ContentType == "application/x-protobuf":
            case "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export" when isGrpc:
                // ExportMetricsServiceRequest.resource_metrics.scope_metrics.metrics.name
                foreach (var metric in message.Messages(1).SelectMany(resource => resource.Messages(2)).SelectMany(scope => scope.Messages(2)))
                {
                    _metrics[metric.Text(1)] = true;
                }

                break;
            default:
                http.Response.StatusCode = 404;
                return;
        }

        if (isGrpc)
        {
            http.Response.ContentType = "application/grpc";
            http.Response.DeclareTrailer("grpc-status");
            await http.Response.Body.WriteAsync(new byte[5]);
            http.Response.AppendTrailer("grpc-status", "0");
        }
    }

    private static ReceivedSpan Span(string source, ProtobufMessage span) => new(
        source, span.Text(5), Convert.ToHexStringLower(span.Bytes(1)), Convert.ToHexStringLower(span.Bytes(2)),
        Convert.ToHexStringLower(span.Bytes(4)),
        // KeyValue { key = 1; AnyValue value = 2 { string = 1; int = 3 } }
        span.Messages(9).ToDictionary(
            attribute => attribute.Text(1),
            attribute => attribute.Messages(2).Single() is var value && value.Text(1) is { Length: > 0 } text ? text : $"{value.Number(3)}"));
}
