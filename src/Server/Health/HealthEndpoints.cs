using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
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

    // A load balancer does not wait longer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var parts = Parts(routes.ServiceProvider);
        routes.MapGet("/health/live", http => JsonAnswer.WriteAsync(http, new HealthAnswer(Good, new Dictionary<string, string>()))).Open(Reason);
        routes.MapGet("/health/ready", http => ReadyAsync(http, parts)).Open(Reason);
        routes.MapGet("/services/Version", http => http.Response.WriteAsync($"Tollgate {ProductVersion.Text}")).Open(Reason);
    }

    /// <summary>What is checked: a name, and a check that answers what is wrong, or null.</summary>
    private static List<(string Name, Func<CancellationToken, Task<string?>> Check)> Parts(IServiceProvider services)
    {
        List<(string, Func<CancellationToken, Task<string?>>)> parts = [];
        if (services.GetService<ApimDatabase>() is { } apim)
        {
            parts.Add(("apim_db", async cancellation => (await apim.CursorAsync(cancellation)).Epoch.Length > 0 ? null : "has no tables yet"));
        }

        if (services.GetService<SharedDatabase>() is { } shared)
        {
            parts.Add(("shared_db", cancellation => ProbeAsync(shared, cancellation)));
        }

        if (services.GetService<GatewayView>() is { } gateway)
        {
            parts.Add(("gateway", _ => Task.FromResult(gateway.IsReady ? null : "has not received any runtime state yet")));
        }

        return parts;
    }

    private static async Task<string?> ProbeAsync(SharedDatabase database, CancellationToken cancellation)
    {
        await database.ProbeAsync(cancellation);
        return null;
    }

    private static async Task ReadyAsync(HttpContext http, List<(string Name, Func<CancellationToken, Task<string?>> Check)> parts)
    {
        var states = await Task.WhenAll(parts.Select(async part => (part.Name, State: await StateAsync(part.Check, http.RequestAborted))));
        var isReady = states.All(part => part.State == Good);
        await JsonAnswer.WriteAsync(
            http, new HealthAnswer(isReady ? Good : "not ready", states.ToDictionary(part => part.Name, part => part.State)),
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

/// <summary>The state of a node and of each part that was checked.</summary>
internal sealed record HealthAnswer(string Status, IReadOnlyDictionary<string, string> Components);
