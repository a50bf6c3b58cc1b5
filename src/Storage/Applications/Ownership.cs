using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Applications;

/// <summary>What stands under a person's name, also after the person's account is gone.</summary>
public sealed class Ownership(ApimDatabase database)
{
    /// <summary>True when an application, API key, registered client or API has this owner.</summary>
    public Task<bool> OwnsAnythingAsync(string organization, string name) => database.ReadAsync(db => db.AnyAsync(
        """
        SELECT 1 FROM applications WHERE organization = @organization AND owner = @name
        UNION ALL SELECT 1 FROM api_keys WHERE organization = @organization AND owner = @name
        UNION ALL SELECT 1 FROM clients WHERE organization = @organization AND owner = @name
        UNION ALL SELECT 1 FROM apis WHERE organization = @organization AND provider = @name
        LIMIT 1
        """,
        new { organization, name }));
}
