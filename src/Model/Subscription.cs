using System.Text.Json.Serialization;

namespace Tollgate.Model;

/// <summary>Whether a subscription lets calls through.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SubscriptionState>))]
public enum SubscriptionState
{
    [JsonStringEnumMemberName("UNBLOCKED")] Unblocked,
    [JsonStringEnumMemberName("BLOCKED")] Blocked,
    [JsonStringEnumMemberName("PROD_ONLY_BLOCKED")] ProductionBlocked,
    [JsonStringEnumMemberName("ON_HOLD")] OnHold,
    [JsonStringEnumMemberName("REJECTED")] Rejected,
    [JsonStringEnumMemberName("TIER_UPDATE_PENDING")] PlanUpdatePending,
    [JsonStringEnumMemberName("DELETE_PENDING")] DeletePending,
}

/// <summary>An application's right to call one API under one business plan.</summary>
public sealed record Subscription
{
    public required string Id { get; init; }

    public required string Organization { get; init; }

    public required string ApiId { get; init; }

    public required string ApplicationId { get; init; }

    /// <summary>Name of the business plan.</summary>
    public required string Plan { get; init; }

    public SubscriptionState State { get; init; }

    /// <summary>Unix time in milliseconds.</summary>
    public long CreatedAt { get; init; }

    public long RowVersion { get; init; }
}
