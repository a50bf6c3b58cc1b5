using System.Text.Json.Serialization;

namespace Tollgate.Model;

/// <summary>What a quota counts.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<QuotaKind>))]
public enum QuotaKind
{
    Requests,

    /// <summary>Request body bytes.</summary>
    Bytes,
}

/// <summary>How true a limit is over several gateways.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<QuotaAccuracy>))]
public enum QuotaAccuracy
{
    /// <summary>Gateways count on their own and hear of each other; see docs/limits.md for the bound.</summary>
    Estimated,

    /// <summary>Gateways spend permits that a traffic manager granted: never over.</summary>
    Exact,
}

/// <summary>What a limit holds for: see docs/throttling.md.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<QuotaWindow>))]
public enum QuotaWindow
{
    /// <summary>Windows that follow each other; what was used comes back when the next one begins.</summary>
    Fixed,

    /// <summary>The time up to now: what was used in the window before goes evenly while this one passes.</summary>
    Sliding,

    /// <summary>A bucket of as many calls as the limit says, filled again at that rate.</summary>
    TokenBucket,
}

/// <summary>What a gateway does with a limit while it hears of no traffic manager.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<QuotaOutage>))]
public enum QuotaOutage
{
    /// <summary>Lets through its part of what was left.</summary>
    LocalShare,

    /// <summary>Lets through what it would if it were alone.</summary>
    Open,

    /// <summary>Lets nothing through.</summary>
    Closed,
}

/// <summary>So many requests or bytes per window. Windows are aligned to the Unix epoch.</summary>
public sealed record Quota(QuotaKind Kind, long Limit, string TimeUnit, int UnitTime)
{
    // A token bucket gets back what was used when the window that it was counted in is over: the shorter, the sooner. Shorter than a second, news of
    // others would be late.
    private const int BucketWindows = 10;
    private const long ShortestMilliseconds = 1_000;

    public QuotaAccuracy Accuracy { get; init; }

    public QuotaOutage Outage { get; init; }

    public QuotaWindow Window { get; init; }

    /// <summary>Length of the window in milliseconds; a month is 30 days and a year 365, as windows are fixed intervals.</summary>
    [JsonIgnore]
    public long WindowMilliseconds => UnitTime * UnitMilliseconds(TimeUnit);

    /// <summary>Length of the windows that are counted.</summary>
    [JsonIgnore]
    public long CountedMilliseconds => Window == QuotaWindow.TokenBucket
        ? Math.Max(ShortestMilliseconds, WindowMilliseconds / BucketWindows)
        : WindowMilliseconds;

    /// <summary>Checks what an administrator wrote and folds the spellings of a unit into one.</summary>
    public static Quota Checked(QuotaKind kind, long limit, string? timeUnit, int unitTime)
    {
        if (limit < 1)
        {
            throw Refusal.BadRequest("A limit is at least 1; to refuse every call use a deny policy.", 900305);
        }

        if (unitTime is < 1 or > 1000)
        {
            throw Refusal.BadRequest("unitTime is a whole number from 1 to 1000.", 900305);
        }

        return new Quota(kind, limit, CanonicalUnit(timeUnit), unitTime);
    }

    private static string CanonicalUnit(string? unit) => unit?.ToLowerInvariant() switch
    {
        "sec" or "second" or "seconds" => "sec",
        "min" or "minute" or "minutes" => "min",
        "hour" or "hours" => "hour",
        "day" or "days" => "day",
        "month" or "months" => "month",
        "year" or "years" => "year",
        _ => throw Refusal.BadRequest($"The time unit '{unit}' is none of sec, min, hour, day, month, year.", 900305),
    };

    private static long UnitMilliseconds(string unit) => unit switch
    {
        "sec" => 1_000L,
        "min" => 60_000L,
        "hour" => 3_600_000L,
        "day" => 86_400_000L,
        "month" => 30 * 86_400_000L,
        _ => 365 * 86_400_000L,
    };
}
