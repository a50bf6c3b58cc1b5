using Tollgate.Model;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Design;

/// <summary>An API in a list.</summary>
internal sealed record ApiListing
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    public required string Context { get; init; }

    public required string Version { get; init; }

    public required string Provider { get; init; }

    public required string Type { get; init; }

    public required string LifeCycleStatus { get; init; }

    public bool HasThumbnail { get; init; }

    public IReadOnlyList<string> SecurityScheme { get; init; } = [];

    public required string CreatedTime { get; init; }

    public required string UpdatedTime { get; init; }

    public required string UpdatedBy { get; init; }

    public static ApiListing Of(Api api) => new()
    {
        Id = api.Id,
        Name = api.Name,
        DisplayName = api.Design.DisplayName,
        Description = api.Design.Description,
        Context = api.Context,
        Version = api.Version,
        Provider = api.Provider,
        Type = api.Design.Type,
        LifeCycleStatus = EnumText<LifecycleState>.Of(api.State),
        HasThumbnail = api.HasThumbnail,
        SecurityScheme = api.Design.SecurityScheme,
        CreatedTime = RestTime.Milliseconds(api.CreatedAt),
        UpdatedTime = RestTime.Milliseconds(api.UpdatedAt),
        UpdatedBy = api.UpdatedBy,
    };
}
