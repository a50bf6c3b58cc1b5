using Tollgate.Model;

namespace Tollgate.Storage.Users;

/// <summary>Roles and what they permit.</summary>
public sealed class RoleStore(SharedDatabase database)
{
    public async Task<Role?> FindAsync(string organization, string id) => await database.ReadAsync(async db =>
        await db.FirstAsync<RoleRow>(
            "SELECT id, organization, name, row_version FROM roles WHERE id = @id AND organization = @organization",
            new { id, organization }) is { } row
            ? row.ToRole(await db.ListAsync<string>("SELECT scope FROM role_scopes WHERE role_id = @id ORDER BY scope", new { id }))
            : null);

    /// <summary>Which of these names are roles, as they are spelled in the store.</summary>
    public Task<IReadOnlyList<string>> NamedAsync(string organization, IEnumerable<string> names) => database.ReadAsync(db =>
        db.ListAsync<string>(
            "SELECT name FROM roles WHERE organization = @organization AND name_key IN @keys ORDER BY name_key",
            new { organization, keys = names.Select(NameKey.Of) }));

    public Task<Page<Role>> ListAsync(string organization, PageRequest page) => database.ReadAsync(async db =>
    {
        var total = await db.FirstAsync<int>("SELECT COUNT(*) FROM roles WHERE organization = @organization", new { organization });
        var rows = await db.ListAsync<RoleRow>(
            """
            SELECT id, organization, name, row_version FROM roles WHERE organization = @organization
            ORDER BY name_key LIMIT @limit OFFSET @offset
            """,
            new { organization, limit = page.Limit, offset = page.Offset });
        var scopes = (await db.ListAsync<ScopeRow>(
            "SELECT role_id, scope FROM role_scopes WHERE role_id IN @ids ORDER BY scope", new { ids = rows.Select(row => row.Id) }))
            .ToLookup(row => row.RoleId, row => row.Scope);
        return new Page<Role>([.. rows.Select(row => row.ToRole([.. scopes[row.Id]]))], total);
    });

    /// <summary>REST scopes that the holders of these roles have.</summary>
    public Task<IReadOnlyList<string>> ScopesAsync(string organization, IEnumerable<string> roles) => database.ReadAsync(db =>
        db.ListAsync<string>(
            """
            SELECT DISTINCT s.scope FROM role_scopes s JOIN roles r ON r.id = s.role_id
            WHERE r.organization = @organization AND r.name_key IN @keys
            """,
            new { organization, keys = roles.Select(NameKey.Of) }));

    /// <summary>These roles and those for which an administrator made one of them an alias.</summary>
    public async Task<IReadOnlyList<string>> WithAliasesAsync(string organization, IEnumerable<string> roles)
    {
        List<string> held = [.. roles];
        var meant = await database.ReadAsync(db => db.ListAsync<string>(
            "SELECT role_name FROM role_aliases WHERE organization = @organization AND alias_key IN @keys",
            new { organization, keys = held.Select(NameKey.Of) }));
        return [.. held.Union(meant, StringComparer.OrdinalIgnoreCase)];
    }

    public async Task CreateAsync(params IReadOnlyList<Role> roles)
    {
        try
        {
            await database.WriteAsync(async db =>
            {
                foreach (var role in roles)
                {
                    await db.ExecuteAsync(
                        """
                        INSERT INTO roles (id, organization, name, name_key, row_version) VALUES (@Id, @Organization, @Name, @nameKey, 1)
                        """,
                        new { role.Id, role.Organization, role.Name, nameKey = NameKey.Of(role.Name) });
                    await ReplaceScopesAsync(db, role);
                }

                return 0;
            });
        }
        catch (DuplicateException)
        {
            throw Refusal.Conflict(409, "Role exists", "There is already a role of that name. Role names ignore case.");
        }
    }

    public Task UpdateAsync(Role role) => database.WriteAsync(async db =>
    {
        if (await db.ExecuteAsync("UPDATE roles SET row_version = row_version + 1 WHERE id = @Id AND row_version = @RowVersion", role) == 0)
        {
            throw Refusal.Stale("role");
        }

        await ReplaceScopesAsync(db, role);
        return 0;
    });

    public Task DeleteAsync(Role role) => database.WriteAsync(async db =>
    {
        await db.ExecuteAsync("DELETE FROM user_roles WHERE role_id = @Id", role);
        await db.ExecuteAsync("DELETE FROM role_scopes WHERE role_id = @Id", role);
        return await db.ExecuteAsync("DELETE FROM roles WHERE id = @Id", role);
    });

    private static async Task ReplaceScopesAsync(Transaction db, Role role)
    {
        await db.ExecuteAsync("DELETE FROM role_scopes WHERE role_id = @Id", role);
        foreach (var scope in role.Scopes.Distinct(StringComparer.Ordinal))
        {
            await db.ExecuteAsync("INSERT INTO role_scopes (role_id, scope) VALUES (@Id, @scope)", new { role.Id, scope });
        }
    }

    private sealed record RoleRow
    {
        public string Id { get; init; } = "";

        public string Organization { get; init; } = "";

        public string Name { get; init; } = "";

        public long RowVersion { get; init; }

        public Role ToRole(IReadOnlyList<string> scopes) =>
            new() { Id = Id, Organization = Organization, Name = Name, Scopes = scopes, RowVersion = RowVersion };
    }

    private sealed record ScopeRow
    {
        public string RoleId { get; init; } = "";

        public string Scope { get; init; } = "";
    }
}
