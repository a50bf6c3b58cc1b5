using Tollgate.Model;

namespace Tollgate.Storage.Apis;

/// <summary>What belongs to an API in tables of its own: how it is added safely and how it goes away.</summary>
internal static class ApiParts
{
    // All with a column api_id; they go when the API goes.
    private static readonly IReadOnlyList<string> Tables =
    [
        "revisions", "api_policies", "api_scopes", "api_contents", "lifecycle_changes", "documents", "document_contents", "thumbnails",
        "comments", "ratings", "api_changes", "api_tags", "api_facts", "api_roles", "search_texts", "shared_scope_uses",
        "certificates", "api_labels", "api_category_uses", "api_endpoints", "api_environment_properties", "workflow_tasks",
    ];

    /// <summary>Keeps the API from being deleted until this transaction ends; refused when it is gone already.</summary>
    public static async Task HoldAsync(Transaction db, string apiId)
    {
        if (await db.ExecuteAsync("UPDATE apis SET id = id WHERE id = @apiId", new { apiId }) == 0)
        {
            throw Refusal.NotFound(900308, "API", apiId);
        }
    }

    public static async Task RemoveAllAsync(Transaction db, string apiId)
    {
        foreach (var table in Tables)
        {
            await db.ExecuteAsync($"DELETE FROM {table} WHERE api_id = @apiId", new { apiId });
        }
    }
}
