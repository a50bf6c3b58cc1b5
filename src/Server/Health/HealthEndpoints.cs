using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Eventing.RabbitMq;
using Tollgate.Gateway.Record;
using Tollgate.SignIn.Access;
using Tollgate.Storage;
using Tollgate.Storage.Runtime;
using Tollgate.Web.Rest;

namespace Tollgate.Server.Health;

/// <summary>Probes: live says that the process answers, ready that each of its parts can do its work.</summary>
internal static class HealthEndpoints
{
    private const string Reason = "A probe: states of parts, and nothing else.";
    private const string Good = "ok";
    private const string SharedDatabaseName = "shared_db";

    // A load balancer does not wait longer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var parts = Parts(routes.ServiceProvider);
        routes.MapGet("/health/live", http => JsonAnswer.WriteAsync(http, new HealthAnswer(Good, new Dictionary<string, string>()))).Open(Reason);
        routes.MapGet("/health/ready", http => ReadyAsync(http, parts)).Open(Reason);
        routes.MapGet("/services/Version", http => http.Response.WriteAsync($"Tollgate {ProductVersion.Text}")).Open(Reason);
    }

    private static List<HealthPart> Parts(IServiceProvider services)
    {
        List<HealthPart> parts = [];
        if (services.GetService<ApimDatabase>() is { } apim)
        {
            parts.Add(new("apim_db", async cancellation => (await apim.CursorAsync(cancellation)).Epoch.Length > 0 ? null : "has no tables yet"));
        }

        if (services.GetService<SharedDatabase>() is { } shared)
        {
            parts.Add(new(SharedDatabaseName, cancellation => ProbeAsync(shared, cancellation)));
        }

        if (services.GetService<GatewayView>() is { } gateway)
        {
            parts.Add(new("gateway", _ => Task.FromResult(gateway.IsReady ? null : "has not received any runtime state yet")));
        }

        if (services.GetService<RabbitBus>() is { } bus)
        {
            // Gateways and portals go on without a broker; a traffic manager can do nothing then.
            parts.Add(new("broker", _ => Task.FromResult(bus.Trouble)) { IsNeeded = parts.All(part => part.Name == SharedDatabaseName) });
        }

        return parts;
    }

    private static async Task<string?> ProbeAsync(SharedDatabase database, CancellationToken cancellation)
    {
        await database.ProbeAsync(cancellation);
        return null;
    }

    private static async Task ReadyAsync(HttpContext http, List<HealthPart> parts)
    {
        var states = await Task.WhenAll(parts.Select(async part => (Part: part, State: await StateAsync(part.Check, http.RequestAborted))));
        var isReady = states.All(state => state.State == Good || !state.Part.IsNeeded);
        await JsonAnswer.WriteAsync(
            http, new HealthAnswer(isReady ? Good : "not ready", states.ToDictionary(state => state.Part.Name, state => state.State)),
            isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    // Messages of databases name hosts and users; the log has them, a probe does not.
    private static async Task<string> StateAsync(Func<CancellationToken, Task<string?>> check, CancellationToken cancellation)
    {
        try
        {
            return await check(cancellation).WaitAsync(Patience, cancellation) ?? Good;
        }
        catch (TimeoutException)
        {
            return $"does not answer within {Patience.TotalSeconds:0} s";
        }
        catch (Exception error) when (error is not OutOfMemoryException && !cancellation.IsCancellationRequested)
        {
            return "cannot be reached";
        }
    }
}

/// <summary>A part of a node: its name, and a check that answers what is wrong, or null.</summary>
internal sealed record HealthPart(string Name, Func<CancellationToken, Task<string?>> Check)
{
    /// <summary>False when the node does its work without this part, and only says that it is missing.</summary>
    public bool IsNeeded { get; init; } = true;
}

/// <summary>The state of a node and of each part that was checked.</summary>
internal sealed record HealthAnswer(string Status, IReadOnlyDictionary<string, string> Components);
