using System.Text.Json.Serialization;
using Tollgate.Model;

namespace Tollgate.Admin.Plans;

/// <summary>A limit as the REST contract shows it: exactly the part that <c>type</c> names is set.</summary>
internal sealed record LimitResource
{
    private const string Requests = "REQUESTCOUNTLIMIT";
    private const string Bandwidth = "BANDWIDTHLIMIT";

    // What the field's contract shows for a policy without a limit.
    private const long NoLimit = int.MaxValue;

    public required string Type { get; init; }

    public RequestLimit? RequestCount { get; init; }

    [JsonPropertyName("bandwidth")]
    public BandwidthLimit? Volume { get; init; }

    public static LimitResource Of(Quota? quota) => quota switch
    {
        null => new LimitResource { Type = Requests, RequestCount = new RequestLimit(NoLimit, "min", 1) },
        { Kind: QuotaKind.Bytes } => new LimitResource
        {
            Type = Bandwidth,
            Volume = new BandwidthLimit(quota.Limit / 1024, "KB", quota.TimeUnit, quota.UnitTime),
        },
        _ => new LimitResource { Type = Requests, RequestCount = new RequestLimit(quota.Limit, quota.TimeUnit, quota.UnitTime) },
    };

    /// <summary>The quota, or a refusal that says what is wrong with it.</summary>
    public Quota? ToQuota() => (Type, RequestCount, Volume) switch
    {
        (Requests, { RequestCount: NoLimit }, null) => null,
        (Requests, { } limit, null) => Quota.Checked(QuotaKind.Requests, limit.RequestCount, limit.TimeUnit, limit.UnitTime),
        (Bandwidth, null, { } limit) => Quota.Checked(QuotaKind.Bytes, limit.ToBytes(), limit.TimeUnit, limit.UnitTime),
        (Requests or Bandwidth, _, _) => throw Refusal.BadRequest(
            "A limit has the part that its type names and no other: requestCount for REQUESTCOUNTLIMIT, bandwidth for BANDWIDTHLIMIT.", 900305),
        _ => throw Refusal.BadRequest($"The limit type '{Type}' is not available; use {Requests} or {Bandwidth}.", 900305),
    };
}

/// <summary>So many requests.</summary>
internal sealed record RequestLimit(long RequestCount, string TimeUnit, int UnitTime);

/// <summary>So much data.</summary>
internal sealed record BandwidthLimit(long DataAmount, string DataUnit, string TimeUnit, int UnitTime)
{
    public long ToBytes() => DataAmount is < 1 or > 1_000_000_000
        ? throw Refusal.BadRequest("dataAmount is a whole number from 1 to 1000000000.", 900305)
        : DataAmount * DataUnit.ToUpperInvariant() switch
        {
            "KB" => 1024L,
            "MB" => 1024L * 1024,
            "GB" => 1024L * 1024 * 1024,
            _ => throw Refusal.BadRequest($"The data unit '{DataUnit}' is none of KB, MB, GB.", 900305),
        };
}
