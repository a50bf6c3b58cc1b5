using System.Globalization;
using Tollgate.Model;

namespace Tollgate.Web.Parts;

/// <summary>Says in a sentence what a throttling policy lets through.</summary>
public static class LimitWords
{
    private static readonly string[] Units = ["bytes", "KB", "MB", "GB", "TB"];

    public static string Of(ThrottlingPolicy policy)
    {
        var terms = policy.Terms;
        if (terms.Quota is not { } quota)
        {
            return terms.Burst is { } alone ? $"at most {Amount(alone)}" : "no limit";
        }

        var burst = terms.Burst is { } further ? $", at most {Amount(further)}" : "";
        return $"at most {Amount(quota)}{burst}" + (terms.StopOnQuotaReach ? ", then refused" : ", then only noted");
    }

    private static string Amount(Quota quota)
    {
        var what = quota.Kind == QuotaKind.Bytes ? Bytes(quota.Limit) : Number(quota.Limit) + (quota.Limit == 1 ? " call" : " calls");
        var unit = quota.TimeUnit switch { "sec" => "second", "min" => "minute", var other => other };
        return quota.UnitTime == 1 ? $"{what} per {unit}" : $"{what} in {quota.UnitTime} {unit}s";
    }

    private static string Bytes(long bytes)
    {
        var unit = 0;
        while (bytes >= 1024 && bytes % 1024 == 0 && unit < Units.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }

        return $"{Number(bytes)} {Units[unit]}";
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
