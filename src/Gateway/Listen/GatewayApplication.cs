using System.Diagnostics;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Tollgate.Gateway.Follow;
using Tollgate.Gateway.Forward;
using Tollgate.Gateway.Record;
using Tollgate.Model;

namespace Tollgate.Gateway.Listen;

/// <summary>Runs the pipeline for each request that Kestrel parsed, then forwards and records it. No middleware, no routing.</summary>
internal sealed partial class GatewayApplication(
    LiveSnapshot live, Pipeline pipeline, Forwarder forwarder, UsageBook usage, GatewayMeters meters, TimeProvider time,
    TrustedProxies proxies, CorsHeaders cors, ILogger<GatewayApplication> log)
    : IHttpApplication<RequestContext>
{
    private readonly CorrelationIds _ids = new();

    public RequestContext CreateContext(IFeatureCollection contextFeatures)
    {
        var kept = contextFeatures as IHostContextContainer<RequestContext>;
        var context = kept?.HostContext ?? new RequestContext();
        if (kept is not null)
        {
            kept.HostContext = context;
        }

        context.Features = contextFeatures;
        return context;
    }

    public void DisposeContext(RequestContext context, Exception? exception)
    {
    }

    public Task ProcessRequestAsync(RequestContext context)
    {
        var exchange = context.Exchange;
        exchange.Begin(live.Current, _ids.Next(), time.GetUtcNow().ToUnixTimeMilliseconds(), Stopwatch.GetTimestamp());
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        exchange.Span = CallTrace.Begin(request);
        context.Caller.Read(context.Features.GetRequiredFeature<IHttpConnectionFeature>(), request, proxies);
        if (context.Reader.Read(request) is { } fault)
        {
            return ReplyAsync(context, fault);
        }

        var verdict = Check(context, request);
        return verdict.Step switch
        {
            Step.Continue => ForwardAsync(context),
            Step.Reply => ReplyAsync(context, verdict.Fault!),
            Step.Preflight => PreflightAsync(context),
            _ => ResumeAsync(context, request),
        };
    }

    private Verdict Check(RequestContext context, IHttpRequestFeature request)
    {
        var verdict = pipeline.Run(context.Reader.View(request, context.Caller, context.Exchange.Now), context.Exchange);
        if (verdict.Step != Step.Suspend)
        {
            cors.Attach(context);
        }

        return verdict;
    }

    private async Task ResumeAsync(RequestContext context, IHttpRequestFeature request)
    {
        Verdict verdict;
        do
        {
            await context.Exchange.Waiting!;
            context.Exchange.Resume(live.Current);
            verdict = Check(context, request);
        }
        while (verdict.Step == Step.Suspend);

        await (verdict.Step == Step.Continue ? ForwardAsync(context) : ReplyAsync(context, verdict.Fault!));
    }

    private async Task ForwardAsync(RequestContext context)
    {
        meters.Allowed();
        var fault = await ForwardSafelyAsync(context);
        if (fault is not null)
        {
            await ReplyAsync(context, fault);
            return;
        }

        Record(context, context.Features.GetRequiredFeature<IHttpResponseFeature>().StatusCode);
    }

    private async Task<Fault?> ForwardSafelyAsync(RequestContext context)
    {
        try
        {
            return await forwarder.ForwardAsync(context);
        }
        catch (OperationCanceledException) when (context.Features.Get<IHttpRequestLifetimeFeature>()?.RequestAborted.IsCancellationRequested == true)
        {
            // The client went away; there is nobody to answer.
            return null;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            Failed(log, error, context.Exchange.Id);
            return Faults.Unclassified;
        }
    }

    private Task ReplyAsync(RequestContext context, Fault fault)
    {
        var status = forwarder.StatusOf(fault);
        meters.Refused(fault, status);
        Record(context, status);
        return FaultBody.WriteAsync(context.Features, context.Exchange, fault, status);
    }

    // Browsers ask by themselves: it is no call of the API, and nobody is charged for it.
    private static Task PreflightAsync(RequestContext context)
    {
        CorsHeaders.Answer(context.Features, context.Exchange);
        CallTrace.End(context.Exchange, context.Features, StatusCodes.Status200OK);
        return Task.CompletedTask;
    }

    private void Record(RequestContext context, int status)
    {
        usage.Record(context.Exchange, status);
        meters.Answered(context.Exchange);
        CallTrace.End(context.Exchange, context.Features, status);
        Answered(log, context.Exchange.Api?.Deployed.ApiId, context.Exchange.Operation?.Target, status, context.Exchange.Id);
    }

    [LoggerMessage(LogLevel.Debug, "Call of {Api} {Operation} answered {Status}, correlation id {CorrelationId}")]
    private static partial void Answered(ILogger log, string? api, string? operation, int status, string correlationId);

    [LoggerMessage(LogLevel.Error, "Request {CorrelationId} failed inside the gateway")]
    private static partial void Failed(ILogger log, Exception error, string correlationId);
}
