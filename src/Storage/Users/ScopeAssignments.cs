namespace Tollgate.Storage.Users;

/// <summary>A role and the roles of an organization's own that count as it.</summary>
public sealed record RoleAlias(string Role, IReadOnlyList<string> Aliases);

/// <summary>The table of REST scopes and roles as a whole, and the aliases of roles.</summary>
public sealed class ScopeAssignments(SharedDatabase database)
{
    /// <summary>Role names per scope.</summary>
    public async Task<ILookup<string, string>> RolesByScopeAsync(string organization) => (await database.ReadAsync(db => db.ListAsync<Assignment>(
        """
        SELECT s.scope, r.name AS role_name FROM role_scopes s JOIN roles r ON r.id = s.role_id
        WHERE r.organization = @organization ORDER BY s.scope, r.name_key
        """,
        new { organization }))).ToLookup(row => row.Scope, row => row.RoleName);

    /// <summary>Gives each of these scopes to exactly the roles named; other scopes stay as they are. All names must be known.</summary>
    public Task ReplaceAsync(string organization, IReadOnlyDictionary<string, IReadOnlyList<string>> roles) => database.WriteAsync(async db =>
    {
        foreach (var (scope, names) in roles)
        {
            var keys = names.Select(NameKey.Of);
            await db.ExecuteAsync(
                """
                UPDATE roles SET row_version = row_version + 1
                WHERE organization = @organization AND (name_key IN @keys OR id IN (SELECT role_id FROM role_scopes WHERE scope = @scope))
                """,
                new { scope, organization, keys });
            await db.ExecuteAsync(
                """
                DELETE FROM role_scopes WHERE scope = @scope AND role_id IN (SELECT id FROM roles WHERE organization = @organization)
                """,
                new { scope, organization });
            await db.ExecuteAsync(
                """
                INSERT INTO role_scopes (role_id, scope)
                SELECT id, @scope FROM roles WHERE organization = @organization AND name_key IN @keys
                """,
                new { scope, organization, keys });
        }

        return 0;
    });

    public async Task<IReadOnlyList<RoleAlias>> AliasesAsync(string organization) =>
    [
        .. (await database.ReadAsync(db => db.ListAsync<AliasRow>(
            "SELECT role_name, alias_name FROM role_aliases WHERE organization = @organization ORDER BY role_key, alias_key", new { organization })))
            .GroupBy(row => row.RoleName, row => row.AliasName).Select(group => new RoleAlias(group.Key, [.. group])),
    ];

    public Task ReplaceAliasesAsync(string organization, IReadOnlyList<RoleAlias> aliases) => database.WriteAsync(async db =>
    {
        await db.ExecuteAsync("DELETE FROM role_aliases WHERE organization = @organization", new { organization });
        foreach (var (role, names) in aliases)
        {
            foreach (var alias in names)
            {
                await db.ExecuteAsync(
                    """
                    INSERT INTO role_aliases (organization, role_key, alias_key, role_name, alias_name)
                    VALUES (@organization, @roleKey, @aliasKey, @role, @alias)
                    """,
                    new { organization, roleKey = NameKey.Of(role), aliasKey = NameKey.Of(alias), role, alias });
            }
        }

        return 0;
    });

    private sealed record Assignment
    {
        public string Scope { get; init; } = "";

        public string RoleName { get; init; } = "";
    }

    private sealed record AliasRow
    {
        public string RoleName { get; init; } = "";

        public string AliasName { get; init; } = "";
    }
}
