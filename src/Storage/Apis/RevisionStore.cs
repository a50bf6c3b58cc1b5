using Tollgate.Model;
using Tollgate.Model.Runtime;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Apis;

/// <summary>Revisions and where they are deployed.</summary>
public sealed class RevisionStore(ApimDatabase database, TimeProvider time)
{
    private const string Columns = "id, api_id, number, description, created_at";

    public Task<IReadOnlyList<Revision>> ListAsync(string apiId) => database.ReadAsync(db => db.ListAsync<Revision>(
        $"SELECT {Columns} FROM revisions WHERE api_id = @apiId ORDER BY number", new { apiId }));

    public Task<Revision?> FindAsync(string apiId, string revisionId) => database.ReadAsync(db => db.FirstAsync<Revision>(
        $"SELECT {Columns} FROM revisions WHERE id = @revisionId AND api_id = @apiId", new { revisionId, apiId }));

    public async Task<IReadOnlyList<Deployment>> DeploymentsAsync(string apiId) => [.. (await database.ReadAsync(db =>
        db.ListAsync<DeploymentRow>($"SELECT {DeploymentRow.Columns} FROM deployments WHERE api_id = @apiId ORDER BY environment", new { apiId })))
        .Select(row => row.ToDeployment())];

    /// <summary>The deployments of several APIs at once, for lists.</summary>
    public async Task<ILookup<string, Deployment>> DeploymentsAsync(IReadOnlyCollection<string> apiIds) => (await database.ReadAsync(db =>
        db.ListAsync<DeploymentRow>(
            $"SELECT {DeploymentRow.Columns} FROM deployments WHERE api_id IN @apiIds ORDER BY environment", new { apiIds })))
        .ToLookup(row => row.ApiId, row => row.ToDeployment());

    /// <summary>Freezes the working copy under the next number; refused beyond the limit per API.</summary>
    public Task<Revision> CreateAsync(Api api, string? description, int limit) => database.WriteAsync(async db =>
    {
        // The update takes the row's lock first, so that two parallel requests cannot take the same number.
        var locked = await db.ExecuteAsync(
            "UPDATE apis SET next_revision = next_revision + 1 WHERE id = @Id AND row_version = @RowVersion", new { api.Id, api.RowVersion });
        if (locked == 0)
        {
            throw Refusal.Stale("API");
        }

        var existing = await db.FirstAsync<int>("SELECT COUNT(*) FROM revisions WHERE api_id = @Id", new { api.Id });
        if (existing >= limit)
        {
            throw Refusal.BadRequest($"The API has {existing} revisions, the most allowed. Delete one that is not deployed.", 900351);
        }

        var revision = new Revision
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()).ToString(),
            ApiId = api.Id,
            Number = await db.FirstAsync<int>("SELECT next_revision FROM apis WHERE id = @Id", new { api.Id }) - 1,
            Description = description,
            CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        await db.ExecuteAsync(
            """
            INSERT INTO revisions (id, api_id, number, description, created_at, design, operations, definition)
            SELECT @Id, a.id, @Number, @Description, @CreatedAt, a.design, c.operations, c.definition
            FROM apis a JOIN api_contents c ON c.api_id = a.id WHERE a.id = @ApiId
            """,
            revision);
        await db.ExecuteAsync(
            """
            INSERT INTO api_policies (api_id, revision_id, kind, name_key)
            SELECT api_id, @Id, kind, name_key FROM api_policies WHERE api_id = @ApiId AND revision_id = ''
            """,
            revision);
        return revision;
    });

    /// <summary>Removes a revision; refused while it is deployed.</summary>
    public Task DeleteAsync(Revision revision) => database.WriteAsync(async db =>
    {
        if (await db.AnyAsync("SELECT 1 FROM deployments WHERE revision_id = @Id LIMIT 1", revision))
        {
            throw Refusal.BadRequest($"{revision.DisplayName} is deployed. Undeploy it before you delete it.", 900348);
        }

        await db.ExecuteAsync("DELETE FROM api_policies WHERE revision_id = @Id", revision);
        return await db.ExecuteAsync("DELETE FROM revisions WHERE id = @Id", revision);
    });

    /// <summary>Places a revision on environments; what another revision held there is replaced.</summary>
    public Task DeployAsync(IReadOnlyList<Deployment> deployments) => database.ChangeAsync(async db =>
    {
        foreach (var deployment in deployments)
        {
            await RefuseGoneAsync(db, deployment);
            await db.ExecuteAsync("DELETE FROM deployments WHERE api_id = @ApiId AND environment = @Environment", deployment);
            await Tombstones.LiftAsync(db, RuntimeKind.Deployment, DeploymentRows.RuntimeId(deployment.ApiId, deployment.Environment));
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

        return 0;
    });

    /// <summary>Takes a revision off environments; those where it is not deployed are left alone.</summary>
    public Task UndeployAsync(Revision revision, IReadOnlyList<string>? environments) => database.ChangeAsync(async db =>
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var placed = await db.ListAsync<string>("SELECT environment FROM deployments WHERE revision_id = @Id", revision);
        foreach (var environment in placed.Where(name => environments is null || environments.Contains(name)))
        {
            await DeploymentRows.RemoveAsync(db, revision.ApiId, environment, now);
        }

        return 0;
    });

    // The revision may have been deleted, or the API retired, between the caller's look and this transaction.
    private static async Task RefuseGoneAsync(Transaction db, Deployment deployment)
    {
        var state = await db.FirstAsync<string>(
            "SELECT a.state FROM revisions r JOIN apis a ON a.id = r.api_id WHERE r.id = @RevisionId AND r.api_id = @ApiId", deployment);
        if (state is null)
        {
            throw Refusal.NotFound(900347, "revision", deployment.RevisionId);
        }

        if (state == EnumText<LifecycleState>.Of(LifecycleState.Retired))
        {
            throw Refusal.BadRequest("The API is retired; it can no longer be deployed.", 903227);
        }
    }
}
