using System.Globalization;
using Tollgate.Model;

namespace Tollgate.Admin.Applications;

/// <summary>An application in an administrator's list.</summary>
internal sealed record ApplicationEntry(
    string ApplicationId, string Name, string Owner, string TokenType, string CreatedTime, string Status, string GroupId)
{
    public static ApplicationEntry Of(Application application) => new(
        application.Id, application.Name, application.Owner, application.TokenType, application.CreatedAt.ToString(CultureInfo.InvariantCulture),
        application.Status, "");
}

/// <summary>An application as an administrator sees it.</summary>
internal sealed record ApplicationResource
{
    public required string ApplicationId { get; init; }

    public required string Name { get; init; }

    public required string ThrottlingPolicy { get; init; }

    public string? Description { get; init; }

    public required string TokenType { get; init; }

    public required string Status { get; init; }

    public required string Owner { get; init; }

    public int SubscriptionCount { get; init; }

    public IReadOnlyList<string> Groups { get; init; } = [];

    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    public static ApplicationResource Of(Application application, int subscriptions) => new()
    {
        ApplicationId = application.Id,
        Name = application.Name,
        ThrottlingPolicy = application.ThrottlingPolicy,
        Description = application.Description,
        TokenType = application.TokenType,
        Status = application.Status,
        Owner = application.Owner,
        SubscriptionCount = subscriptions,
        Attributes = application.Attributes,
    };
}

/// <summary>What an administrator changes about an application.</summary>
internal sealed record ApplicationChange(string? Owner = null, string? TokenType = null);
