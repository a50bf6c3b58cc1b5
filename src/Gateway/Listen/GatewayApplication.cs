using System.Diagnostics;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Tollgate.Gateway.Follow;
using Tollgate.Gateway.Forward;
using Tollgate.Gateway.Listen.PassThrough;
using Tollgate.Gateway.Listen.Tunnels;
using Tollgate.Gateway.Record;
using Tollgate.Model;

namespace Tollgate.Gateway.Listen;

/// <summary>Runs the pipeline for each request that Kestrel parsed, then forwards and records it. No middleware, no routing.</summary>
internal sealed partial class GatewayApplication(
    LiveSnapshot live, Pipeline pipeline, KeyManagerPaths keyManager, Forwarder forwarder, CallRecord record, GatewayMeters meters, OpenTunnels tunnels,
    GatewayPorts ports, TimeProvider time, TrustedProxies proxies, CorsHeaders cors, LimitHeaders limits, FlawLog flaws, ILogger<GatewayApplication> log)
    : IHttpApplication<RequestContext>
{
    private const string HealthPath = "/health";

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

    public void DisposeContext(RequestContext context, Exception? exception) => context.Reader.Release();

    public Task ProcessRequestAsync(RequestContext context)
    {
        var exchange = context.Exchange;
        exchange.Begin(live.Current, _ids.Next(), time.GetUtcNow().ToUnixTimeMilliseconds(), Stopwatch.GetTimestamp());
        var request = context.Request;
        exchange.Span = CallTrace.Begin(request);
        context.Caller.Read(context.Connection, request, proxies);
        context.IsOnWebSocketPort = ports.IsWebSocket(context.Connection.LocalPort);
        if (context.Reader.Read(request) is { } fault)
        {
            return ReplyAsync(context, fault);
        }

        if (context.IsOnWebSocketPort && request.RawTarget == HealthPath)
        {
            context.Response.StatusCode = live.Current.IsReady ? 200 : 503;
            return Task.CompletedTask;
        }

        if (keyManager.TargetOf(request.Path) is { } target)
        {
            return PassOnAsync(context, target);
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
        var verdict = pipeline.Run(context.ViewOf(request, context.Exchange.Now), context.Exchange);
        if (verdict.Step != Step.Suspend)
        {
            cors.Attach(context);
            limits.Attach(context);
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

        await (verdict.Step switch
        {
            Step.Continue => ForwardAsync(context),
            Step.Preflight => PreflightAsync(context),
            _ => ReplyAsync(context, verdict.Fault!),
        });
    }

    private async Task ForwardAsync(RequestContext context)
    {
        meters.Allowed();
        var upgrade = Watch(context);
        Fault? fault;
        try
        {
            fault = await forwarder.ForwardAsync(context);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            fault = FaultOf(error, context);
        }

        if (upgrade is { IsOpen: true })
        {
            // Was answered and recorded when the connection opened, which may be hours ago.
            return;
        }

        if (fault is not null)
        {
            flaws.Note(fault, context);
            await ReplyAsync(context, fault);
            return;
        }

        record.Add(context, context.Response.StatusCode);
    }

    private async Task PassOnAsync(RequestContext context, string target)
    {
        if (await keyManager.AnswerAsync(context, target) is { } fault)
        {
            await ReplyAsync(context, fault);
            return;
        }

        record.Add(context, context.Response.StatusCode);
    }

    private TunnelUpgrade? Watch(RequestContext context)
    {
        var features = context.Features;
        if (context.Request.Headers.Upgrade.Count == 0
            || features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } server)
        {
            return null;
        }

        var upgrade = new TunnelUpgrade(server, context, tunnels);
        features.Set<IHttpUpgradeFeature>(upgrade);
        return upgrade;
    }

    private Fault? FaultOf(Exception error, RequestContext context)
    {
        if (error is OperationCanceledException && context.Lifetime.RequestAborted.IsCancellationRequested)
        {
            // The client went away; there is nobody to answer.
            return null;
        }

        Failed(log, error, context.Exchange.Id);
        return Faults.Unclassified;
    }

    private Task ReplyAsync(RequestContext context, Fault fault)
    {
        var status = forwarder.StatusOf(fault);
        meters.Refused(fault, status);
        record.Add(context, status);
        return FaultBody.WriteAsync(context.Features, context.Exchange, fault, status, limits.HaveRetryAfter(context.Exchange));
    }

    // Browsers ask by themselves: it is no call of the API, and nobody is charged for it.
    private Task PreflightAsync(RequestContext context)
    {
        CorsHeaders.Answer(context);
        record.AddPreflight(context, StatusCodes.Status200OK);
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Error, "Request {CorrelationId} failed inside the gateway")]
    private static partial void Failed(ILogger log, Exception error, string correlationId);
}
