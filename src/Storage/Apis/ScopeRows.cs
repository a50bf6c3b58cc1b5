using Tollgate.Model;

namespace Tollgate.Storage.Apis;

/// <summary>The scopes of an API as rows, so that the key manager finds their role bindings.</summary>
internal static class ScopeRows
{
    public static async Task ReplaceAsync(Transaction db, Api api)
    {
        await db.ExecuteAsync("DELETE FROM api_scopes WHERE api_id = @Id", new { api.Id });
        foreach (var (scope, _) in api.Design.Scopes)
        {
            await RefuseForeignAsync(db, api, scope.Name);
            await db.ExecuteAsync(
                "INSERT INTO api_scopes (api_id, organization, name, bindings) VALUES (@Id, @Organization, @Name, @bindings)",
                new { api.Id, api.Organization, scope.Name, bindings = ModelJson.Write(scope.Bindings) });
        }
    }

    // A token names scopes only; two APIs with the same scope name would share a permission nobody meant to share.
    private static async Task RefuseForeignAsync(Transaction db, Api api, string scope)
    {
        if (await db.AnyAsync(
            """
            SELECT 1 FROM api_scopes s JOIN apis a ON a.id = s.api_id
            WHERE s.organization = @Organization AND s.name = @scope AND a.name_key <> @nameKey LIMIT 1
            """,
            new { api.Organization, scope, nameKey = NameKey.Of(api.Name) }))
        {
            throw Refusal.BadRequest($"The scope '{scope}' belongs to another API. Choose another name.", 900988);
        }
    }
}
