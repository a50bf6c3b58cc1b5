using Tollgate.Model;

namespace Tollgate.Storage.Apis;

/// <summary>The scopes of an API as rows, so that the key manager finds their role bindings.</summary>
internal static class ScopeRows
{
    public static async Task ReplaceAsync(Transaction db, Api api)
    {
        await db.ExecuteAsync("DELETE FROM api_scopes WHERE api_id = @Id", new { api.Id });
        await db.ExecuteAsync("DELETE FROM shared_scope_uses WHERE api_id = @Id", new { api.Id });
        foreach (var (scope, shared) in api.Design.Scopes)
        {
            if (shared)
            {
                await UseAsync(db, api, scope.Name);
                continue;
            }

            await RefuseForeignAsync(db, api, scope.Name);
            await db.ExecuteAsync(
                "INSERT INTO api_scopes (api_id, organization, name, bindings) VALUES (@Id, @Organization, @Name, @bindings)",
                new { api.Id, api.Organization, scope.Name, bindings = ModelJson.Write(scope.Bindings) });
        }
    }

    // The insert reads the scope, so that one which goes away at the same moment is not declared.
    private static async Task UseAsync(Transaction db, Api api, string scope)
    {
        if (await db.ExecuteAsync(
            """
            INSERT INTO shared_scope_uses (api_id, organization, name)
            SELECT @Id, organization, name FROM shared_scopes WHERE organization = @Organization AND name = @scope
            """,
            new { api.Id, api.Organization, scope }) == 0)
        {
            throw Refusal.BadRequest($"There is no shared scope '{scope}'.", 900982);
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

        if (await db.AnyAsync(
            "SELECT 1 FROM shared_scopes WHERE organization = @Organization AND name = @scope", new { api.Organization, scope }))
        {
            throw Refusal.BadRequest($"The scope '{scope}' is a shared scope. Declare it with shared = true, or choose another name.", 900988);
        }
    }
}
