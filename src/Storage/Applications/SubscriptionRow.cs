using Tollgate.Model;

namespace Tollgate.Storage.Applications;

/// <summary>A row of subscriptions as the driver fills it.</summary>
internal sealed record SubscriptionRow
{
    public const string Columns = "id, organization, api_id, application_id, plan, state, created_at, row_version";

    public string Id { get; init; } = "";

    public string Organization { get; init; } = "";

    public string ApiId { get; init; } = "";

    public string ApplicationId { get; init; } = "";

    public string Plan { get; init; } = "";

    public string State { get; init; } = "";

    public long CreatedAt { get; init; }

    public long RowVersion { get; init; }

    public Subscription ToSubscription() => new()
    {
        Id = Id,
        Organization = Organization,
        ApiId = ApiId,
        ApplicationId = ApplicationId,
        Plan = Plan,
        State = EnumText<SubscriptionState>.Parse(State),
        CreatedAt = CreatedAt,
        RowVersion = RowVersion,
    };
}
