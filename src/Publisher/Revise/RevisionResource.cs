using Tollgate.Model;
using Tollgate.Publisher.Deploy;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Revise;

/// <summary>A revision as the REST contract shows it.</summary>
internal sealed record RevisionResource
{
    public string? DisplayName { get; init; }

    public string? Id { get; init; }

    public string? Description { get; init; }

    public string? CreatedTime { get; init; }

    public ApiReference? ApiInfo { get; init; }

    public IReadOnlyList<DeploymentResource> DeploymentInfo { get; init; } = [];

    public static RevisionResource Of(Revision revision, IEnumerable<Deployment> deployments) => new()
    {
        DisplayName = revision.DisplayName,
        Id = revision.Id,
        Description = revision.Description ?? "",
        CreatedTime = RestTime.DateTime(revision.CreatedAt),
        ApiInfo = new ApiReference(revision.ApiId),
        DeploymentInfo = [.. deployments.Where(deployment => deployment.RevisionId == revision.Id).Select(DeploymentResource.Of)],
    };
}

/// <summary>The API a revision belongs to.</summary>
internal sealed record ApiReference(string Id);
