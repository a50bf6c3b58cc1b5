using OpenTelemetry.Trace;
using Tollgate.Gateway;

namespace Tollgate.Server.Telemetry;

/// <summary>Traces every management request, and of the calls of APIs as many as configured.</summary>
internal sealed class CallSampler(int percent) : Sampler
{
    private readonly TraceIdRatioBasedSampler _calls = new(percent / 100.0);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        samplingParameters.Name == GatewayTraces.CallName
            ? _calls.ShouldSample(samplingParameters)
            : new SamplingResult(SamplingDecision.RecordAndSample);
}
