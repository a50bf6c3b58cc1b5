using Tollgate.Model;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Register;

/// <summary>An application as the REST contract shows it.</summary>
internal sealed record ApplicationResource
{
    public string? ApplicationId { get; init; }

    public string? Name { get; init; }

    public string? ThrottlingPolicy { get; init; }

    public string? Description { get; init; }

    /// <summary>JWT, or OAUTH for opaque tokens.</summary>
    public string TokenType { get; init; } = "JWT";

    public string? Status { get; init; }

    public IReadOnlyList<string> Groups { get; init; } = [];

    public int SubscriptionCount { get; init; }

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    public string? Owner { get; init; }

    public bool HashEnabled { get; init; } = true;

    public string? CreatedTime { get; init; }

    public string? UpdatedTime { get; init; }

    public string? Visibility { get; init; }

    public static ApplicationResource Of(Application application, int subscriptions) => new()
    {
        ApplicationId = application.Id,
        Name = application.Name,
        ThrottlingPolicy = application.ThrottlingPolicy,
        Description = application.Description ?? "",
        TokenType = application.TokenType,
        Status = application.Status,
        SubscriptionCount = subscriptions,
        Attributes = application.Attributes,
        Owner = application.Owner,
        CreatedTime = RestTime.Milliseconds(application.CreatedAt),
        UpdatedTime = RestTime.Milliseconds(application.UpdatedAt),
        Visibility = "PRIVATE",
    };
}

/// <summary>An application in a list.</summary>
internal sealed record ApplicationListing(
    string ApplicationId, string Name, string ThrottlingPolicy, string Description, string Status, IReadOnlyList<string> Groups,
    int SubscriptionCount, IReadOnlyDictionary<string, string> Attributes, string Owner, string TokenType, string CreatedTime, string UpdatedTime)
{
    public static ApplicationListing Of(Application application, int subscriptions) => new(
        application.Id, application.Name, application.ThrottlingPolicy, application.Description ?? "", application.Status, [], subscriptions,
        application.Attributes, application.Owner, application.TokenType, RestTime.Milliseconds(application.CreatedAt),
        RestTime.Milliseconds(application.UpdatedAt));
}
