using System.Text.Json.Serialization;
using Tollgate.Model;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Discover;

/// <summary>An API as a developer reads about it.</summary>
internal sealed record ApiPage
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    public required string Context { get; init; }

    public required string Version { get; init; }

    public required string Provider { get; init; }

    public required string LifeCycleStatus { get; init; }

    public bool IsDefaultVersion { get; init; }

    public bool HasThumbnail { get; init; }

    public required string AvgRating { get; init; }

    public required string Type { get; init; }

    public IReadOnlyList<string> Transport { get; init; } = [];

    public IReadOnlyList<string> SecurityScheme { get; init; } = [];

    public string? AuthorizationHeader { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<PlanName> Tiers { get; init; } = [];

    [JsonPropertyName("endpointURLs")]
    public IReadOnlyList<EndpointUrls> EndpointURLs { get; init; } = [];

    public BusinessInformation? BusinessInformation { get; init; }

    public IReadOnlyList<AdditionalProperty> AdditionalProperties { get; init; } = [];

    public IReadOnlyList<string> EnvironmentList { get; init; } = [];

    public IReadOnlyList<ScopeResource> Scopes { get; init; } = [];

    public bool IsSubscriptionAvailable { get; init; }

    public IReadOnlyList<string> Categories { get; init; } = [];

    public required string CreatedTime { get; init; }

    public required string LastUpdatedTime { get; init; }

    public static ApiPage Of(Api api, IReadOnlyList<Deployment> deployments, EnvironmentUrls urls, RatingSum ratings) => new()
    {
        Id = api.Id,
        Name = api.Name,
        DisplayName = api.Design.DisplayName,
        Description = api.Design.Description,
        Context = api.ServedContext,
        Version = api.Version,
        Provider = api.Provider,
        LifeCycleStatus = EnumText<LifecycleState>.Of(api.State),
        IsDefaultVersion = api.IsDefaultVersion,
        HasThumbnail = api.HasThumbnail,
        AvgRating = ratings.Average,
        Type = api.Design.Type,
        Transport = api.Design.Transport,
        SecurityScheme = api.Design.SecurityScheme,
        AuthorizationHeader = api.Design.AuthorizationHeader,
        Tags = api.Design.Tags,
        Tiers = [.. api.Design.Policies.Select(name => new PlanName(name))],
        EndpointURLs = urls.Of(api, deployments),
        BusinessInformation = api.Design.BusinessInformation,
        AdditionalProperties = [.. api.Design.AdditionalProperties.Where(property => property.Display)],
        EnvironmentList = [.. deployments.Select(deployment => deployment.Environment)],
        Scopes = [.. api.Design.Scopes.Select(entry => ScopeResource.Of(entry.Scope))],
        IsSubscriptionAvailable = Lifecycle.Subscribable(api.State),
        Categories = api.Design.Categories,
        CreatedTime = RestTime.Milliseconds(api.CreatedAt),
        LastUpdatedTime = RestTime.Milliseconds(api.UpdatedAt),
    };
}

/// <summary>A business plan by its name.</summary>
internal sealed record PlanName(string TierName);

/// <summary>A scope as developers see it.</summary>
internal sealed record ScopeResource(string Key, string Name, IReadOnlyList<string> Roles, string? Description)
{
    public static ScopeResource Of(Scope scope) => new(scope.Name, scope.DisplayName ?? scope.Name, scope.Bindings, scope.Description);
}
