using Tollgate.Model;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Design;

/// <summary>An API as the REST contract shows it: its design and what the server knows about it.</summary>
/// <remarks>Read-only fields are accepted and ignored, so that clients may send back what they read.</remarks>
internal sealed record ApiResource : ApiDesign
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Context { get; init; }

    public string? Version { get; init; }

    public string? Provider { get; init; }

    public string? LifeCycleStatus { get; init; }

    public string? WorkflowStatus { get; init; }

    public bool HasThumbnail { get; init; }

    public bool IsDefaultVersion { get; init; }

    public bool IsRevision { get; init; }

    public string? RevisionedApiId { get; init; }

    public int RevisionId { get; init; }

    public string? CreatedTime { get; init; }

    public string? LastUpdatedTime { get; init; }

    public string? LastUpdatedTimestamp { get; init; }

    /// <summary>Null on a request means that the operations stay as they are.</summary>
    public IReadOnlyList<Operation>? Operations { get; init; }

    public static ApiResource Of(Api api, IReadOnlyList<Operation> operations) => new(api.Design)
    {
        Id = api.Id,
        Name = api.Name,
        Context = api.Context,
        Version = api.Version,
        Provider = api.Provider,
        LifeCycleStatus = EnumText<LifecycleState>.Of(api.State),
        HasThumbnail = api.HasThumbnail,
        IsDefaultVersion = api.IsDefaultVersion,
        CreatedTime = RestTime.Milliseconds(api.CreatedAt),
        LastUpdatedTime = RestTime.Milliseconds(api.UpdatedAt),
        LastUpdatedTimestamp = RestTime.Milliseconds(api.UpdatedAt),
        Operations = operations,
    };

    public ApiResource()
    {
    }

    private ApiResource(ApiDesign design)
        : base(design)
    {
    }
}
