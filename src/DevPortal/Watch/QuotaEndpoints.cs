using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.DevPortal.Register;
using Tollgate.DevPortal.Subscribe;
using Tollgate.Model;
using Tollgate.Model.Runtime;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Policies;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Watch;

/// <summary>How much of its limits an application has used: per subscription under the plan, per user under the application's policy.</summary>
/// <remarks>
/// Stands beside the contract, whose <c>/subscriptions/{subscriptionId}/usage</c> is the invoice of a paid plan.
/// </remarks>
internal sealed class QuotaEndpoints(
    AnnouncedUsage totals, OwnApplications own, OwnSubscriptions subscriptions, PolicyStore policies, ApiStore apis, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/applications/{applicationId}/quota", OfApplicationAsync).Needs(RestScopes.ApplicationManage, RestScopes.Subscribe);
        routes.MapGet("/subscriptions/{subscriptionId}/quota", OfSubscriptionAsync).Needs(RestScopes.Subscribe, RestScopes.SubscriptionManage);
    }

    // A call without a user counts for the owner, so his count is what is shown when nobody is named.
    private async Task OfApplicationAsync(HttpContext http)
    {
        var application = await own.NeedAsync(http.Caller(), http.Path("applicationId"));
        var subject = User.SubjectOf(http.Query("userName") ?? application.Owner, application.Organization);
        var key = ThrottleKeys.Application(application.Id, subject, application.ThrottleResets);
        await AnswerAsync(http, application.Organization, PolicyKind.Application, application.ThrottlingPolicy, key);
    }

    private async Task OfSubscriptionAsync(HttpContext http)
    {
        var (subscription, application) = await subscriptions.NeedAsync(http.Caller(), http.Path("subscriptionId"));
        var api = await apis.FindAsync(subscription.Organization, subscription.ApiId) ?? throw Refusal.NotFound(900308, "API", subscription.ApiId);
        var key = ThrottleKeys.Subscription(application.Id, ThrottleKeys.Api(api.ServedContext, api.Version), subscription.Plan);
        await AnswerAsync(http, subscription.Organization, PolicyKind.Subscription, subscription.Plan, key);
    }

    private async Task AnswerAsync(HttpContext http, string organization, PolicyKind kind, string name, string key)
    {
        if (!totals.IsAvailable)
        {
            throw new Refusal(503, 503, "Service Unavailable", "This node hears of no traffic manager and does not know what was used.");
        }

        var policy = (await policies.NamedAsync(organization, kind, [name])).FirstOrDefault();
        List<QuotaResource> limits = [];
        if (policy?.Terms.Quota is { } quota)
        {
            limits.Add(Used(policy, quota, key, "quota", policy.Terms.StopOnQuotaReach));
        }

        if (policy?.Terms.Burst is { } burst)
        {
            limits.Add(Used(policy, burst, ThrottleKeys.Burst(key), "burst", refuses: true));
        }

        http.Response.Headers.CacheControl = "no-store";
        await JsonAnswer.WriteAsync(http, Lists.Whole(limits));
    }

    private QuotaResource Used(ThrottlingPolicy policy, Quota quota, string key, string limit, bool refuses)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var (used, wholeAt) = totals.Used(key, quota, now);
        return new QuotaResource(
            policy.Name, EnumText<PolicyKind>.Of(policy.Kind), limit, quota.Kind == QuotaKind.Bytes ? "bytes" : "requests", quota.Limit, used,
            Math.Max(0, quota.Limit - used), quota.TimeUnit, quota.UnitTime, RestTime.DateTime(wholeAt - quota.WindowMilliseconds),
            RestTime.DateTime(wholeAt), refuses);
    }

    /// <summary>One limit in its present window: at its end all of what is used is there again, and more of it before where windows are not fixed.</summary>
    private sealed record QuotaResource(
        string Policy, string PolicyLevel, string Limit, string Unit, long Allowed, long Used, long Remaining, string TimeUnit, int UnitTime,
        string WindowStart, string WindowEnd, bool StopOnQuotaReach);
}
