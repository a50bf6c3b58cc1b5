using Tollgate.Model;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Search;

/// <summary>APIs that are like those a developer uses.</summary>
public sealed class RecommendationStore(ApimDatabase database)
{
    // Whatever their versions: who uses one version knows that there are others.
    private const string Used =
        "SELECT s.api_id FROM subscriptions s JOIN applications o ON o.id = s.application_id WHERE o.organization = @organization AND o.owner = @owner";

    /// <summary>Those that share most tags with APIs that the owner's applications are subscribed to, without these themselves.</summary>
    /// <param name="query">What may be recommended, and to whom.</param>
    /// <param name="organization">Organization of the applications.</param>
    /// <param name="owner">Their owner.</param>
    /// <param name="most">How many.</param>
    public Task<IReadOnlyList<Api>> ListAsync(ApiQuery query, string organization, string owner, int most) => database.ReadAsync(async db =>
    {
        var conditions = ApiConditions.Of(query, database.Database.Dialect);
        conditions.Add($"a.name_key NOT IN (SELECT u.name_key FROM apis u WHERE u.organization = a.organization AND u.id IN ({Used}))");
        (conditions.Arguments["organization"], conditions.Arguments["owner"]) = (organization, owner);
        conditions.Arguments["most"] = most;
        var near =
            $"""
            SELECT t.api_id, COUNT(*) AS shared FROM api_tags t
            WHERE t.tag_key IN (SELECT m.tag_key FROM api_tags m WHERE m.api_id IN ({Used})) GROUP BY t.api_id
            """;
        var ids = await db.ListAsync<string>(
            $"""
            SELECT a.id FROM ({near}) near JOIN apis a ON a.id = near.api_id WHERE {conditions.Sql}
            ORDER BY near.shared DESC, a.name_key, a.version, a.id LIMIT @most
            """,
            conditions.Arguments);
        var rows = (await db.ListAsync<ApiRow>($"SELECT {ApiRow.Columns} FROM apis WHERE id IN @ids", new { ids })).ToDictionary(row => row.Id);
        return (IReadOnlyList<Api>)[.. ids.Where(rows.ContainsKey).Select(id => rows[id].ToApi())];
    });
}
