using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.TrafficManager.Announce;
using Tollgate.TrafficManager.Count;
using Tollgate.Web.Rest;

namespace Tollgate.Server.Rest;

/// <summary>/throttling/counters: which gateway counted what, as traffic managers have it. Stands beside the contract.</summary>
internal sealed class CounterEndpoints(AllCounters counters)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/am/admin/v4/throttling/counters", ListAsync)
        .Needs(RestScopes.Admin, RestScopes.AdminPlanView, RestScopes.PlanView);

    private async Task ListAsync(HttpContext http)
    {
        if (http.Caller().Organization != Organization.Default)
        {
            throw Refusal.Forbidden($"Counters of all organizations are for administrators of the organization '{Organization.Default}'.");
        }

        if (!counters.CanAsk)
        {
            throw new Refusal(
                503, 503, "Service Unavailable",
                "This node has no traffic manager and reaches none: set apim.throttling.throttle_decision_endpoints to the brokers of those that count.");
        }

        var page = http.Page();
        var answer = await counters.AskAsync(http.Query("key") ?? "", http.RequestAborted);
        if (!answer.IsAnswered)
        {
            throw new Refusal(503, 503, "Service Unavailable", "No traffic manager answered in time.");
        }

        var found = answer.Counters
            ?? throw Refusal.BadRequest("Too many counters have this in their keys; write more of the key, for example ?key=/orders/1.0.");
        http.Response.Headers.CacheControl = "no-store";
        await JsonAnswer.WriteAsync(
            http, Lists.Of(http, page, found.Count, [.. found.Skip(page.Offset).Take(page.Limit).Select(CounterResource.Of)]));
    }

    /// <summary>One counter in its running window.</summary>
    private sealed record CounterResource(
        string Key, string WindowStart, string WindowEnd, long Limit, long Total, long CarriedOver, long Reserved, double PerSecond,
        IReadOnlyList<CountedShare> Gateways)
    {
        public static CounterResource Of(Counted counted) => new(
            counted.Key, RestTime.DateTime(counted.WindowStart), RestTime.DateTime(counted.WindowStart + counted.WindowMilliseconds), counted.Limit,
            counted.Total, counted.CarriedOver, counted.Reserved, Math.Round(counted.Demand, 1), counted.Gateways);
    }
}
