using Tollgate.Model;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Apis;

/// <summary>A scope that APIs share.</summary>
/// <param name="Scope">The scope with its role bindings.</param>
/// <param name="Uses">How many APIs declare it.</param>
/// <param name="RowVersion">Rises with every change; the ETag.</param>
public sealed record SharedScope(Scope Scope, int Uses, long RowVersion);

/// <summary>Shared scopes.</summary>
public sealed class SharedScopeStore(ApimDatabase database)
{
    private const string Select =
        """
        SELECT s.id, s.name, s.display_name, s.description, s.bindings, s.row_version,
               (SELECT COUNT(*) FROM shared_scope_uses u WHERE u.organization = s.organization AND u.name = s.name) AS uses
        FROM shared_scopes s
        """;

    public Task<Page<SharedScope>> ListAsync(string organization, PageRequest page) => database.ReadAsync(async db =>
    {
        var total = await db.FirstAsync<int>("SELECT COUNT(*) FROM shared_scopes WHERE organization = @organization", new { organization });
        var rows = await db.ListAsync<Row>(
            $"{Select} WHERE s.organization = @organization ORDER BY s.name, s.id LIMIT @limit OFFSET @offset",
            new { organization, limit = page.Limit, offset = page.Offset });
        return new Page<SharedScope>([.. rows.Select(row => row.ToScope())], total);
    });

    public async Task<SharedScope?> FindAsync(string organization, string id) => (await database.ReadAsync(db => db.FirstAsync<Row>(
        $"{Select} WHERE s.id = @id AND s.organization = @organization", new { id, organization })))?.ToScope();

    /// <summary>Those of these names that are shared scopes.</summary>
    public async Task<IReadOnlyList<Scope>> NamedAsync(string organization, IReadOnlyCollection<string> names) => [.. (await database.ReadAsync(db =>
        db.ListAsync<Row>($"{Select} WHERE s.organization = @organization AND s.name IN @names", new { organization, names })))
        .Select(row => row.ToScope().Scope)];

    /// <summary>Whether any scope, shared or of one API, has this name.</summary>
    public Task<bool> IsNameTakenAsync(string organization, string name) => database.ReadAsync(async db =>
        await db.AnyAsync("SELECT 1 FROM shared_scopes WHERE organization = @organization AND name = @name", new { organization, name })
        || await db.AnyAsync("SELECT 1 FROM api_scopes WHERE organization = @organization AND name = @name LIMIT 1", new { organization, name }));

    /// <summary>Ids of the APIs that declare the scope.</summary>
    public Task<IReadOnlyList<string>> UsersAsync(string organization, string name) => database.ReadAsync(db => db.ListAsync<string>(
        "SELECT api_id FROM shared_scope_uses WHERE organization = @organization AND name = @name ORDER BY api_id", new { organization, name }));

    public async Task CreateAsync(string organization, Scope scope)
    {
        try
        {
            await database.WriteAsync(async db =>
            {
                if (await db.AnyAsync(
                    "SELECT 1 FROM api_scopes WHERE organization = @organization AND name = @Name LIMIT 1", new { organization, scope.Name }))
                {
                    throw Refusal.Conflict(900988, "Scope exists", $"The scope '{scope.Name}' belongs to one API already. Choose another name.");
                }

                return await db.ExecuteAsync(
                    """
                    INSERT INTO shared_scopes (id, organization, name, display_name, description, bindings, row_version)
                    VALUES (@Id, @organization, @Name, @DisplayName, @Description, @bindings, 1)
                    """,
                    new { scope.Id, organization, scope.Name, scope.DisplayName, scope.Description, bindings = ModelJson.Write(scope.Bindings) });
            });
        }
        catch (DuplicateException)
        {
            throw Refusal.Conflict(900981, "Scope exists", $"There is already a shared scope '{scope.Name}'.");
        }
    }

    public async Task UpdateAsync(SharedScope scope)
    {
        var updated = await database.WriteAsync(db => db.ExecuteAsync(
            """
            UPDATE shared_scopes SET display_name = @DisplayName, description = @Description, bindings = @bindings, row_version = row_version + 1
            WHERE id = @Id AND row_version = @RowVersion
            """,
            new
            {
                scope.Scope.Id, scope.Scope.DisplayName, scope.Scope.Description, bindings = ModelJson.Write(scope.Scope.Bindings), scope.RowVersion,
            }));
        if (updated == 0)
        {
            throw Refusal.Stale("scope");
        }
    }

    /// <summary>Removes a scope; refused while APIs declare it.</summary>
    public Task DeleteAsync(string organization, SharedScope scope) => database.WriteAsync(async db =>
    {
        var removed = await db.ExecuteAsync("DELETE FROM shared_scopes WHERE id = @Id AND row_version = @RowVersion", new { scope.Scope.Id, scope.RowVersion });
        if (removed == 0)
        {
            throw Refusal.Stale("scope");
        }

        return await db.AnyAsync(
            "SELECT 1 FROM shared_scope_uses WHERE organization = @organization AND name = @Name LIMIT 1", new { organization, scope.Scope.Name })
            ? throw Refusal.Conflict(900984, "Scope in use", $"APIs declare the shared scope '{scope.Scope.Name}'. Take it out of them first.")
            : 0;
    });

    private sealed record Row
    {
        public string Id { get; init; } = "";

        public string Name { get; init; } = "";

        public string? DisplayName { get; init; }

        public string? Description { get; init; }

        public string Bindings { get; init; } = "";

        public long RowVersion { get; init; }

        public long Uses { get; init; }

        public SharedScope ToScope() => new(
            new Scope
            {
                Id = Id,
                Name = Name,
                DisplayName = DisplayName,
                Description = Description,
                Bindings = ModelJson.Read<IReadOnlyList<string>>(Bindings),
            },
            (int)Uses,
            RowVersion);
    }
}
