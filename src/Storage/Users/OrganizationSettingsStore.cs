using Tollgate.Model;

namespace Tollgate.Storage.Users;

/// <summary>What administrators of an organization set for all of it, as one JSON document.</summary>
public sealed class OrganizationSettingsStore(SharedDatabase database)
{
    /// <summary>The settings; those of an organization that set nothing are the defaults.</summary>
    public async Task<OrganizationSettings> FindAsync(string organization) =>
        await database.ReadAsync(db => db.FirstAsync<string>(
            "SELECT settings FROM organization_settings WHERE organization = @organization", new { organization })) is { } json
            ? ModelJson.Read<OrganizationSettings>(json)
            : new OrganizationSettings();

    public Task ReplaceAsync(string organization, OrganizationSettings settings) => database.WriteAsync(async db =>
    {
        await db.ExecuteAsync("DELETE FROM organization_settings WHERE organization = @organization", new { organization });
        return await db.ExecuteAsync(
            "INSERT INTO organization_settings (organization, settings) VALUES (@organization, @settings)",
            new { organization, settings = ModelJson.Write(settings) });
    });
}
