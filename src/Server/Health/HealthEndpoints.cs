using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Gateway.Record;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Runtime;

namespace Tollgate.Server.Health;

/// <summary>Probes: live says that the process answers, ready that it can do its work.</summary>
internal static class HealthEndpoints
{
    private const string Reason = "A probe: a status and nothing else.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        routes.MapGet("/health/live", http => AnswerAsync(http, true)).Open(Reason);
        routes.MapGet("/health/ready", async http => await AnswerAsync(http, await IsReadyAsync(services))).Open(Reason);
        routes.MapGet("/services/Version", http => http.Response.WriteAsync($"Tollgate {ProductVersion.Text}")).Open(Reason);
    }

    private static async Task<bool> IsReadyAsync(IServiceProvider services)
    {
        if (services.GetService<GatewayView>() is { IsReady: false })
        {
            return false;
        }

        try
        {
            return services.GetService<ApimDatabase>() is not { } database || (await database.CursorAsync()).Epoch.Length > 0;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return false;
        }
    }

    private static Task AnswerAsync(HttpContext http, bool good)
    {
        http.Response.StatusCode = good ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return http.Response.WriteAsync(good ? "ok" : "not ready");
    }
}
