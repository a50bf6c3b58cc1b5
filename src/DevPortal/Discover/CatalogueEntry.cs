using Tollgate.Model;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Discover;

/// <summary>An API in the catalogue.</summary>
internal sealed record CatalogueEntry
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    public required string Context { get; init; }

    public required string Version { get; init; }

    public required string Type { get; init; }

    public required string CreatedTime { get; init; }

    public required string Provider { get; init; }

    public required string LifeCycleStatus { get; init; }

    /// <summary>Where the icon is; null without one.</summary>
    public string? ThumbnailUri { get; init; }

    public string? AvgRating { get; init; }

    public IReadOnlyList<string> ThrottlingPolicies { get; init; } = [];

    public BusinessInformation? BusinessInformation { get; init; }

    public bool IsSubscriptionAvailable { get; init; }

    public static CatalogueEntry Of(Api api, RatingSum? ratings = null) => new()
    {
        Id = api.Id,
        Name = api.Name,
        DisplayName = api.Design.DisplayName,
        Description = api.Design.Description,
        Context = api.ServedContext,
        Version = api.Version,
        Type = api.Design.Type,
        CreatedTime = RestTime.Milliseconds(api.CreatedAt),
        Provider = api.Provider,
        LifeCycleStatus = EnumText<LifecycleState>.Of(api.State),
        ThumbnailUri = api.HasThumbnail ? $"{DevPortalModule.BasePath}/apis/{api.Id}/thumbnail" : null,
        AvgRating = ratings?.Average,
        ThrottlingPolicies = api.Design.Policies,
        BusinessInformation = api.Design.BusinessInformation,
        IsSubscriptionAvailable = Lifecycle.Subscribable(api.State),
    };
}
