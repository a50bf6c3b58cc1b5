using Tollgate.Model;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Deploy;

/// <summary>A deployment as the REST contract shows it; <c>name</c> is the gateway environment.</summary>
internal sealed record DeploymentResource
{
    public string? RevisionUuid { get; init; }

    public string? Name { get; init; }

    public string? Status { get; init; }

    public string? Vhost { get; init; }

    public bool DisplayOnDevportal { get; init; } = true;

    public string? DeployedTime { get; init; }

    public string? SuccessDeployedTime { get; init; }

    public static DeploymentResource Of(Deployment deployment) => new()
    {
        RevisionUuid = deployment.RevisionId,
        Name = deployment.Environment,
        Status = "APPROVED",
        Vhost = deployment.VirtualHost,
        DisplayOnDevportal = deployment.DisplayOnDevportal,
        DeployedTime = RestTime.DateTime(deployment.DeployedAt),
    };

    /// <summary>A deployment that waits for approval.</summary>
    public static DeploymentResource Waiting(Deployment deployment) => Of(deployment) with { Status = "CREATED", DeployedTime = null };
}
