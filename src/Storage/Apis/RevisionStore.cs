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

    /// <summary>What a revision froze; null when it is gone.</summary>
    public async Task<(ApiDesign Design, ApiContent Content)?> ContentAsync(Revision revision) => await database.ReadAsync(db => db.FirstAsync<FrozenRow>(
        "SELECT design, operations, definition FROM revisions WHERE id = @Id", revision)) is { } row
        ? (ModelJson.Read<ApiDesign>(row.Design), new ContentRow { Operations = row.Operations, Definition = row.Definition }.ToContent())
        : null;

    /// <summary>Freezes the working copy under the next number; refused beyond the limit per API.</summary>
    public Task<Revision> CreateAsync(Api api, string? description, int limit, string user) => database.WriteAsync(async db =>
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
        await RecordAsync(db, api.Id, "revision.created", revision.DisplayName, null, new { revision.Description }, user);
        return revision;
    });

    /// <summary>Removes a revision; refused while it is deployed.</summary>
    public Task DeleteAsync(Revision revision, string user) => database.WriteAsync(async db =>
    {
        if (await db.AnyAsync("SELECT 1 FROM deployments WHERE revision_id = @Id LIMIT 1", revision))
        {
            throw Refusal.BadRequest($"{revision.DisplayName} is deployed. Undeploy it before you delete it.", 900348);
        }

        await db.ExecuteAsync("DELETE FROM api_policies WHERE revision_id = @Id", revision);
        await db.ExecuteAsync("DELETE FROM revisions WHERE id = @Id", revision);
        return await RecordAsync(db, revision.ApiId, "revision.deleted", revision.DisplayName, new { revision.Description }, null, user);
    });

    /// <summary>Places a revision on environments; what another revision held there is replaced.</summary>
    public Task DeployAsync(IReadOnlyList<Deployment> deployments, string user) => database.ChangeAsync(async db =>
    {
        foreach (var deployment in deployments)
        {
            await RefuseGoneAsync(db, deployment);
            var before = await DeploymentRows.FindAsync(db, deployment.ApiId, deployment.Environment);
            await DeploymentRows.PutAsync(db, deployment);
            await RecordAsync(db, deployment.ApiId, "deployment.changed", deployment.Environment, Shown(before), Shown(deployment), user);
        }

        return 0;
    });

    /// <summary>Changes host and visibility of a deployment, unless it changed or ended since the caller looked.</summary>
    public Task ChangeDeploymentAsync(Deployment stored, Deployment changed, string user) => database.ChangeAsync(async db =>
    {
        if (await DeploymentRows.FindAsync(db, stored.ApiId, stored.Environment) != stored)
        {
            throw Refusal.Stale("deployment");
        }

        await DeploymentRows.PutAsync(db, changed);
        return await RecordAsync(db, changed.ApiId, "deployment.changed", changed.Environment, Shown(stored), Shown(changed), user);
    });

    /// <summary>Takes a revision off environments; those where it is not deployed are left alone.</summary>
    public Task UndeployAsync(Revision revision, IReadOnlyList<string>? environments, string user) => database.ChangeAsync(async db =>
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var placed = await db.ListAsync<string>("SELECT environment FROM deployments WHERE revision_id = @Id", revision);
        foreach (var environment in placed.Where(name => environments is null || environments.Contains(name)))
        {
            var before = await DeploymentRows.FindAsync(db, revision.ApiId, environment);
            await DeploymentRows.RemoveAsync(db, revision.ApiId, environment, now);
            await RecordAsync(db, revision.ApiId, "deployment.removed", environment, Shown(before), null, user);
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

    // Times change with every deployment and tell nothing.
    private static Deployment? Shown(Deployment? deployment) => deployment is null ? null : deployment with { DeployedAt = 0 };

    private async Task<int> RecordAsync(Transaction db, string apiId, string action, string subject, object? before, object? after, string user)
    {
        await ApiChangeRows.AddAsync(db, apiId, action, subject, FieldChanges.Between(before, after), user, time.GetUtcNow());
        return 0;
    }

    private sealed record FrozenRow
    {
        public string Design { get; init; } = "";

        public string Operations { get; init; } = "";

        public byte[] Definition { get; init; } = [];
    }
}
