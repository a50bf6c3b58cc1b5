using Tollgate.Model;

namespace Tollgate.Storage.Applications;

/// <summary>The groups of applications, for look-ups.</summary>
internal static class ApplicationGroupRows
{
    public static async Task ReplaceAsync(Transaction db, Application application)
    {
        await RemoveAsync(db, application.Id);
        foreach (var nameKey in application.Groups.Select(NameKey.Of).Distinct(StringComparer.Ordinal))
        {
            await db.ExecuteAsync(
                "INSERT INTO application_groups (application_id, organization, name_key) VALUES (@Id, @Organization, @nameKey)",
                new { application.Id, application.Organization, nameKey });
        }
    }

    public static Task<int> RemoveAsync(Transaction db, string applicationId) => db.ExecuteAsync(
        "DELETE FROM application_groups WHERE application_id = @applicationId", new { applicationId });
}
