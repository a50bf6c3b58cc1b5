using System.Globalization;
using Tollgate.Model;
using Tollgate.Web.Pages;

namespace Tollgate.Admin.Plans;

/// <summary>Between a policy's form and the resource that the REST contract has for it: the same rules check both.</summary>
internal static class PolicyFormReader
{
    private const string Calls = "calls";
    private const long KB = 1024;

    public static PolicyForm Read(PolicyKind kind, PageForm form) => new(kind)
    {
        Name = form.Text("name"),
        Description = form.Text("description"),
        Limit = form.Text("limit"),
        Of = form.Text("of"),
        UnitTime = form.Text("unit_time"),
        TimeUnit = form.Text("time_unit"),
        Burst = form.Text("burst"),
        BurstUnit = form.Text("burst_unit"),
        Stops = form.Has("stops"),
        RowVersion = form.Text("row_version"),
    };

    public static PolicyForm Of(ThrottlingPolicy policy)
    {
        var quota = policy.Terms.Quota;
        var (amount, of) = quota switch
        {
            null => ("", Calls),
            { Kind: QuotaKind.Bytes } => Size(quota.Limit),
            _ => (Text(quota.Limit), Calls),
        };
        return new PolicyForm(policy.Kind)
        {
            Name = policy.Name,
            Description = policy.Description ?? "",
            Limit = amount,
            Of = of,
            UnitTime = Text(quota?.UnitTime ?? 1),
            TimeUnit = quota?.TimeUnit ?? "min",
            Burst = policy.Terms.Burst is { } burst ? Text(burst.Limit) : "",
            BurstUnit = policy.Terms.Burst?.TimeUnit ?? "sec",
            Stops = policy.Terms.StopOnQuotaReach,
            Groups = policy.Terms.Groups.Count,
            Id = policy.Id,
            RowVersion = Text(policy.RowVersion),
        };
    }

    /// <summary>The resource that the form asks for; what the form has no field for stays as it is stored.</summary>
    public static PolicyResource Wanted(PolicyForm form, ThrottlingPolicy? stored)
    {
        var description = form.Description.Length > 0 ? form.Description : null;
        var limit = LimitOf(form);
        var burst = form.Burst.Length == 0 ? 0 : Number(form.Burst, "burst");
        return form.Kind switch
        {
            PolicyKind.Application => (stored is null ? new ApplicationPolicyResource() : ApplicationPolicyResource.Of(stored)) with
            {
                Description = description,
                DefaultLimit = limit,
                BurstLimit = burst == 0 ? null : new BurstResource(burst, form.BurstUnit),
            },
            PolicyKind.Subscription => (stored is null ? new PlanPolicyResource() : PlanPolicyResource.Of(stored)) with
            {
                Description = description,
                DefaultLimit = limit,
                RateLimitCount = burst,
                RateLimitTimeUnit = form.BurstUnit,
                StopOnQuotaReach = form.Stops,
            },
            _ => (stored is null ? new AdvancedPolicyResource() : AdvancedPolicyResource.Of(stored)) with
            {
                Description = description,
                DefaultLimit = limit,
            },
        };
    }

    private static LimitResource LimitOf(PolicyForm form)
    {
        if (form.Limit.Length == 0)
        {
            return LimitResource.Of(null);
        }

        var (limit, time) = (Number(form.Limit, "limit"), (int)Math.Min(int.MaxValue, Number(form.UnitTime, "unit_time")));
        return form.Of == Calls
            ? new LimitResource { Type = "REQUESTCOUNTLIMIT", RequestCount = new RequestLimit(limit, form.TimeUnit, time) }
            : new LimitResource { Type = "BANDWIDTHLIMIT", Volume = new BandwidthLimit(limit, form.Of, form.TimeUnit, time) };
    }

    private static (string Amount, string Of) Size(long bytes) => bytes switch
    {
        _ when bytes % (KB * KB * KB) == 0 => (Text(bytes / (KB * KB * KB)), "GB"),
        _ when bytes % (KB * KB) == 0 => (Text(bytes / (KB * KB)), "MB"),
        _ => (Text(bytes / KB), "KB"),
    };

    private static long Number(string text, string field) =>
        long.TryParse(text.Replace(",", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw Refusal.BadRequest($"'{text}' is no whole number of at least 1.").At(field);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
