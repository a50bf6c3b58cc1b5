using Tollgate.Model;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Applications;

/// <summary>Which of an organization's applications an administrator's list shows, and in which order.</summary>
public sealed record AllApplicationsQuery(string Organization)
{
    /// <summary>User name of the owner as it is stored; null for all.</summary>
    public string? Owner { get; init; }

    /// <summary>Part of the name, case does not matter; null for all.</summary>
    public string? NameContains { get; init; }

    public bool ByOwner { get; init; }

    public bool Descending { get; init; }

    internal string Where => "organization = @Organization" + (Owner is null ? "" : " AND owner = @Owner")
        + (NameContains is null ? "" : " AND name_key LIKE @pattern ESCAPE '!'");

    internal string OrderBy
    {
        get
        {
            var direction = Descending ? "DESC" : "ASC";
            return ByOwner ? $"owner {direction}, name_key {direction}, id {direction}" : $"name_key {direction}, id {direction}";
        }
    }
}

/// <summary>The applications of all owners, as administrators see them.</summary>
public sealed class AllApplications(ApimDatabase database)
{
    public Task<Page<Application>> ListAsync(AllApplicationsQuery query, PageRequest page) => database.ReadAsync(async db =>
    {
        var arguments = new
        {
            query.Organization, query.Owner, pattern = query.NameContains is null ? null : NameKey.Contains(query.NameContains),
            limit = page.Limit, offset = page.Offset,
        };
        var total = await db.FirstAsync<int>($"SELECT COUNT(*) FROM applications WHERE {query.Where}", arguments);
        return new Page<Application>([.. await ApplicationRow.PageAsync(db, query.Where, query.OrderBy, arguments)], total);
    });
}
