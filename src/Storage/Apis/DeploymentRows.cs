using Tollgate.Model;
using Tollgate.Model.Runtime;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Apis;

/// <summary>A row of deployments as the driver fills it, and the ways a deployment ends.</summary>
internal sealed record DeploymentRow
{
    public const string Columns = "api_id, environment, revision_id, virtual_host, display_on_devportal, deployed_at";

    public string ApiId { get; init; } = "";

    public string Environment { get; init; } = "";

    public string RevisionId { get; init; } = "";

    public string VirtualHost { get; init; } = "";

    public long DisplayOnDevportal { get; init; }

    public long DeployedAt { get; init; }

    public Deployment ToDeployment() => new()
    {
        ApiId = ApiId,
        Environment = Environment,
        RevisionId = RevisionId,
        VirtualHost = VirtualHost,
        DisplayOnDevportal = DisplayOnDevportal != 0,
        DeployedAt = DeployedAt,
    };
}

/// <summary>Deployments as the feed knows them: one per API and environment.</summary>
internal static class DeploymentRows
{
    public static string RuntimeId(string apiId, string environment) => $"{apiId}@{environment}";

    public static async Task<Deployment?> FindAsync(Transaction db, string apiId, string environment) => (await db.FirstAsync<DeploymentRow>(
        $"SELECT {DeploymentRow.Columns} FROM deployments WHERE api_id = @apiId AND environment = @environment", new { apiId, environment }))
        ?.ToDeployment();

    /// <summary>Places a deployment where another one of the API may be.</summary>
    public static async Task PutAsync(RuntimeTransaction db, Deployment deployment)
    {
        await db.ExecuteAsync("DELETE FROM deployments WHERE api_id = @ApiId AND environment = @Environment", deployment);
        await Tombstones.LiftAsync(db, RuntimeKind.Deployment, RuntimeId(deployment.ApiId, deployment.Environment));
        await db.ExecuteAsync(
            """
            INSERT INTO deployments (api_id, environment, revision_id, virtual_host, display_on_devportal, deployed_at, runtime_version)
            VALUES (@ApiId, @Environment, @RevisionId, @VirtualHost, @display, @DeployedAt, @version)
            """,
            new
            {
                deployment.ApiId, deployment.Environment, deployment.RevisionId, deployment.VirtualHost, deployment.DeployedAt,
                display = deployment.DisplayOnDevportal ? 1 : 0, version = db.Version,
            });
    }

    public static async Task RemoveAllAsync(RuntimeTransaction db, string apiId, long now)
    {
        foreach (var environment in await db.ListAsync<string>("SELECT environment FROM deployments WHERE api_id = @apiId", new { apiId }))
        {
            await RemoveAsync(db, apiId, environment, now);
        }
    }

    public static async Task RemoveAsync(RuntimeTransaction db, string apiId, string environment, long now)
    {
        await db.ExecuteAsync(
            "DELETE FROM deployments WHERE api_id = @apiId AND environment = @environment", new { apiId, environment });
        await Tombstones.BuryAsync(db, RuntimeKind.Deployment, RuntimeId(apiId, environment), now);
    }
}
