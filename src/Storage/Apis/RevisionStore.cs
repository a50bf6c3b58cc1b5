using Tollgate.Model;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Apis;

/// <summary>Revisions and where they are deployed.</summary>
public sealed class RevisionStore(ApimDatabase database, TimeProvider time)
{
    private const string Columns = RevisionRows.Columns;

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
            "UPDATE apis SET next_revision = next_revision WHERE id = @Id AND row_version = @RowVersion", new { api.Id, api.RowVersion });
        return locked == 0 ? throw Refusal.Stale("API") : await RevisionRows.CreateAsync(db, api.Id, description, limit, user, time.GetUtcNow());
    });

    /// <summary>Removes a revision; refused while it is deployed.</summary>
    public Task DeleteAsync(Revision revision, string user) => database.WriteAsync(async db =>
    {
        if (await db.AnyAsync("SELECT 1 FROM deployments WHERE revision_id = @Id LIMIT 1", revision))
        {
            throw Refusal.BadRequest($"{revision.DisplayName} is deployed. Undeploy it before you delete it.", 900348);
        }

        return await RevisionRows.RemoveAsync(db, revision, user, time.GetUtcNow());
    });

    /// <summary>Places a revision on environments; what another revision held there is replaced.</summary>
    public Task DeployAsync(IReadOnlyList<Deployment> deployments, string user) => database.ChangeAsync(db => DeployAsync(db, deployments, user));

    internal async Task<int> DeployAsync(RuntimeTransaction db, IReadOnlyList<Deployment> deployments, string user)
    {
        foreach (var deployment in deployments)
        {
            await RefuseGoneAsync(db, deployment);
            var before = await DeploymentRows.FindAsync(db, deployment.ApiId, deployment.Environment);
            await DeploymentRows.PutAsync(db, deployment);
            await RecordAsync(db, deployment.ApiId, "deployment.changed", deployment.Environment, Shown(before), Shown(deployment), user);
        }

        return 0;
    }

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
