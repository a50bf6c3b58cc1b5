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

/// <summary>/throttling/counters: which gateway counted what, as the traffic manager of this node has it. Stands beside the contract.</summary>
internal sealed class CounterEndpoints(CounterQuestions? questions, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/am/admin/v4/throttling/counters", ListAsync)
        .Needs(RestScopes.Admin, RestScopes.AdminPlanView, RestScopes.PlanView);

    private async Task ListAsync(HttpContext http)
    {
        if (http.Caller().Organization != Organization.Default)
        {
            throw Refusal.Forbidden($"Counters of all organizations are for administrators of the organization '{Organization.Default}'.");
        }

        if (questions is null)
        {
            throw new Refusal(503, 503, "Service Unavailable", "This node has no traffic manager; ask one whose profile has.");
        }

        var page = http.Page();
        var found = await AskAsync(http.Query("key") ?? "", http.RequestAborted)
            ?? throw Refusal.BadRequest("Too many counters have this in their keys; write more of the key, for example ?key=/orders/1.0.");
        http.Response.Headers.CacheControl = "no-store";
        await JsonAnswer.WriteAsync(
            http, Lists.Of(http, page, found.Count, [.. found.Skip(page.Offset).Take(page.Limit).Select(CounterResource.Of)]));
    }

    private async Task<IReadOnlyList<Counted>?> AskAsync(string key, CancellationToken aborted)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, aborted);
        try
        {
            return await questions!.AskAsync(key, either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw new Refusal(503, 503, "Service Unavailable", "The traffic manager did not answer in time.");
        }
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
