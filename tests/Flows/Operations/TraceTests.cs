using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Operations;

/// <summary>Traces and metrics reach an OTLP receiver; the caller's trace goes on to the backend.</summary>
public sealed class TraceTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string CallerSpan = "b7ad6b7169203331";

    [Fact(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.OwnNode)]
    public async Task Otlp_OfANodeAtWork_GetsSpansAndMetrics()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var backend = await TestBackend.StartAsync();
        using var home = new TestHome(
            $"""
            [telemetry]
            otlp_endpoint = "{receiver.Url}"
            otlp_headers = "authorization=Bearer collector"
            traced_calls_percent = 0
            """);
        await using var node = await TestNode.StartAsync(home);
        using var http = node.CreateClient();
        var portal = new Portal(Caller.Basic(http, node.ManagementUrl, "admin", TestHome.AdminPassword), node.ManagementUrl);
        var api = await portal.PublishAsync("Traced", backend.Url);
        var consumer = await portal.ConsumerAsync("Tracer");
        await portal.SubscribeAsync(api, consumer);
        var gateway = new Caller(http, node.GatewayUrl, null).As(await portal.TokenAsync(consumer));
        await Wait.UntilAsync("a call", TimeSpan.FromSeconds(5), async () => (await gateway.GetAsync("/traced/1.0.0/x")).Code == 200);
        backend.Forget();

        await SendAsync(http, node.GatewayUrl + "/traced/1.0.0/x", await portal.TokenAsync(consumer), sampled: true);
        var passedOn = backend.TakeOnly().Headers["traceparent"];
        await SendAsync(http, node.GatewayUrl + "/traced/1.0.0/x", await portal.TokenAsync(consumer), sampled: false);
        Assert.Equal("00", backend.TakeOnly().Headers["traceparent"][^2..]);
        await node.StopAsync();

        // Only the call whose caller asked for it is traced, below the caller's span, and the backend was told of our span.
        var call = Assert.Single(receiver.Spans, span => span.Source == "Tollgate.Gateway.Calls");
        Assert.Equal((TraceId, CallerSpan, "GET /traced/1.0.0/*"), (call.TraceId, call.ParentId, call.Name));
        Assert.Equal($"00-{TraceId}-{call.SpanId}-01", passedOn);
        Assert.Equal(("200", api), (call.Attributes["http.response.status_code"], call.Attributes["tollgate.api_id"]));

        var create = Assert.Single(receiver.Spans, span => span.Name == $"POST {Portal.Publisher}/apis");
        Assert.Equal("201", create.Attributes["http.response.status_code"]);
        Assert.Contains(receiver.Spans, span => span.Name == "database write" && span.ParentId == create.SpanId && span.TraceId == create.TraceId);
        Assert.Contains(receiver.Spans, span => span.Source == "Tollgate.Gateway.Feed");
        Assert.Contains("tollgate_gateway_requests_total", receiver.Metrics);
        Assert.Contains("tollgate_gateway_request_duration_seconds_bucket", receiver.Metrics);
        Assert.Equal("Bearer collector", receiver.Authorization);
    }

    [Fact(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.OwnNode)]
    public async Task Otlp_OverGrpc_GetsSpansAndMetrics()
    {
        await using var receiver = await OtlpReceiver.StartAsync(grpc: true);
        using var home = new TestHome(
            $"""
            [telemetry]
            otlp_endpoint = "{receiver.Url}"
            otlp_protocol = "grpc"
            otlp_headers = "authorization=Bearer collector"
            """);
        await using var node = await TestNode.StartAsync(home);
        using var http = node.CreateClient();
        var admin = Caller.Basic(http, node.ManagementUrl, "admin", TestHome.AdminPassword);
        await admin.GetAsync($"{Portal.Publisher}/apis").ExpectAsync(200);

        await node.StopAsync();

        Assert.Contains(receiver.Spans, span => span.Name == $"GET {Portal.Publisher}/apis" && span.Attributes["http.response.status_code"] == "200");
        Assert.Contains("tollgate_runtime_version", receiver.Metrics);
        Assert.Equal("Bearer collector", receiver.Authorization);
    }

    [Theory(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.OwnNode)]
    [InlineData("http/protobuf")]
    [InlineData("grpc")]
    public async Task Otlp_ToAReceiverThatOthersWrote_ShowsTheSameTraces(string protocol)
    {
        OtlpProgram.SkipWithout();
        using var place = new TestHome();
        await using var receiver = await OtlpProgram.StartAsync(place.Path);
        using var home = new TestHome(
            $"""
            [telemetry]
            otlp_endpoint = "{(protocol == "grpc" ? receiver.GrpcUrl : receiver.HttpUrl)}"
            otlp_protocol = "{protocol}"
            """);
        await using var node = await TestNode.StartAsync(home);
        using var http = node.CreateClient();
        var portal = new Portal(Caller.Basic(http, node.ManagementUrl, "admin", TestHome.AdminPassword), node.ManagementUrl);
        await portal.CreateApiAsync("Traced", "http://127.0.0.1:1");
        await node.StopAsync();

        var spans = await receiver.SpansAsync();

        var create = Assert.Single(spans, span => (string)span.Span["name"]! == $"POST {Portal.Publisher}/apis").Span;
        Assert.Contains(spans, span => (string)span.Span["name"]! == "database write"
            && (string)span.Span["parentSpanId"]! == (string)create["spanId"]! && (string)span.Span["traceId"]! == (string)create["traceId"]!);
    }

    private static async Task SendAsync(HttpClient http, string url, string token, bool sampled)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Add("Authorization", "Bearer " + token);
        request.Headers.Add("traceparent", $"00-{TraceId}-{CallerSpan}-0{(sampled ? 1 : 0)}");
        using var response = await http.SendAsync(request);
        Assert.Equal(200, (int)response.StatusCode);
    }
}
