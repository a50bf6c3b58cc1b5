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

    /// <summary>Its keys; only where one application is read. Accepted and ignored on the way in.</summary>
    public object? Keys { get; init; }

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>Scopes of the subscribed APIs; only where one application is read. Accepted and ignored on the way in.</summary>
    public object? SubscriptionScopes { get; init; }

    public string? Owner { get; init; }

    public bool HashEnabled { get; init; } = true;

    public string? CreatedTime { get; init; }

    public string? UpdatedTime { get; init; }

    public string? Visibility { get; init; }
}

/// <summary>An application in a list.</summary>
internal sealed record ApplicationListing(
    string ApplicationId, string Name, string ThrottlingPolicy, string Description, string Status, IReadOnlyList<string> Groups,
    int SubscriptionCount, IReadOnlyDictionary<string, string> Attributes, string Owner, string TokenType, string CreatedTime, string UpdatedTime);

/// <summary>Shows applications without what is hidden.</summary>
internal sealed class ApplicationPages(ApplicationAttributes attributes)
{
    public ApplicationResource Page(Application application, int subscriptions) => new()
    {
        ApplicationId = application.Id,
        Name = application.Name,
        ThrottlingPolicy = application.ThrottlingPolicy,
        Description = application.Description ?? "",
        TokenType = application.TokenType,
        Status = application.Status,
        Groups = application.Groups,
        SubscriptionCount = subscriptions,
        Attributes = attributes.Visible(application.Attributes),
        Owner = application.Owner,
        CreatedTime = RestTime.Milliseconds(application.CreatedAt),
        UpdatedTime = RestTime.Milliseconds(application.UpdatedAt),
        Visibility = "PRIVATE",
    };

    public ApplicationListing Listing(Application application, int subscriptions) => new(
        application.Id, application.Name, application.ThrottlingPolicy, application.Description ?? "", application.Status, application.Groups,
        subscriptions, attributes.Visible(application.Attributes), application.Owner, application.TokenType,
        RestTime.Milliseconds(application.CreatedAt), RestTime.Milliseconds(application.UpdatedAt));
}
