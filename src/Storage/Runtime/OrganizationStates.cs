namespace Tollgate.Storage.Runtime;

/// <summary>Which organizations gateways serve.</summary>
public sealed class OrganizationStates(ApimDatabase database)
{
    /// <summary>Begins or ends serving an organization's APIs. Saying the same twice is harmless.</summary>
    public Task SetAsync(string organization, bool active) => database.ChangeAsync(async db =>
    {
        var arguments = new { organization, flag = active ? 1 : 0, version = db.Version };
        return await db.ExecuteAsync("UPDATE organization_states SET active = @flag, runtime_version = @version WHERE id = @organization", arguments) > 0
            ? 0
            : await db.ExecuteAsync(
                "INSERT INTO organization_states (id, active, runtime_version) VALUES (@organization, @flag, @version)", arguments);
    });
}
