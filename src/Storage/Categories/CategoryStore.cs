using Tollgate.Model;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Categories;

/// <summary>API categories.</summary>
public sealed class CategoryStore(ApimDatabase database)
{
    private const string Select =
        """
        SELECT c.id, c.organization, c.name, c.description, c.row_version,
               (SELECT COUNT(*) FROM api_category_uses u WHERE u.organization = c.organization AND u.name_key = c.name_key) AS apis
        FROM api_categories c
        """;

    public async Task<IReadOnlyList<ApiCategory>> ListAsync(string organization) => [.. (await database.ReadAsync(db => db.ListAsync<Row>(
        $"{Select} WHERE c.organization = @organization ORDER BY c.name_key", new { organization }))).Select(row => row.ToCategory())];

    public async Task<ApiCategory?> FindAsync(string organization, string id) => (await database.ReadAsync(db => db.FirstAsync<Row>(
        $"{Select} WHERE c.id = @id AND c.organization = @organization", new { id, organization })))?.ToCategory();

    /// <summary>The categories' names as they are stored; unknown ones are missing.</summary>
    public Task<IReadOnlyList<string>> NamedAsync(string organization, IEnumerable<string> names) => database.ReadAsync(db => db.ListAsync<string>(
        "SELECT name FROM api_categories WHERE organization = @organization AND name_key IN @keys ORDER BY name_key",
        new { organization, keys = names.Select(NameKey.Of) }));

    public async Task CreateAsync(ApiCategory category)
    {
        try
        {
            await database.WriteAsync(db => db.ExecuteAsync(
                """
                INSERT INTO api_categories (id, organization, name, name_key, description, row_version)
                VALUES (@Id, @Organization, @Name, @nameKey, @Description, 1)
                """,
                Arguments(category)));
        }
        catch (DuplicateException)
        {
            throw NameTaken(category);
        }
    }

    /// <summary>Saves name and description; a name that APIs use stays.</summary>
    public async Task UpdateAsync(ApiCategory category)
    {
        try
        {
            await database.WriteAsync(async db =>
            {
                await RefuseLossOfNameAsync(db, category);
                return await db.ExecuteAsync(
                    """
                    UPDATE api_categories SET name = @Name, name_key = @nameKey, description = @Description, row_version = row_version + 1
                    WHERE id = @Id AND row_version = @RowVersion
                    """,
                    Arguments(category)) == 0 ? throw Refusal.Stale("category") : 0;
            });
        }
        catch (DuplicateException)
        {
            throw NameTaken(category);
        }
    }

    public Task DeleteAsync(ApiCategory category) => database.WriteAsync(async db =>
    {
        await RefuseLossOfNameAsync(db, category with { Name = "" });
        return await db.ExecuteAsync("DELETE FROM api_categories WHERE id = @Id", new { category.Id });
    });

    private static async Task RefuseLossOfNameAsync(Transaction db, ApiCategory category)
    {
        if (await db.AnyAsync(
            """
            SELECT 1 FROM api_categories c JOIN api_category_uses u ON u.organization = c.organization AND u.name_key = c.name_key
            WHERE c.id = @Id AND c.name_key <> @nameKey LIMIT 1
            """,
            Arguments(category)))
        {
            throw Refusal.Conflict(409, "Category in use", "APIs are in this category. Take them out before you rename or delete it.");
        }
    }

    private static object Arguments(ApiCategory category) => new
    {
        category.Id, category.Organization, category.Name, nameKey = NameKey.Of(category.Name), category.Description, category.RowVersion,
    };

    private static Refusal NameTaken(ApiCategory category) =>
        Refusal.Conflict(409, "Category exists", $"There is already a category '{category.Name}'. Names ignore case.");

    private sealed record Row
    {
        public string Id { get; init; } = "";

        public string Organization { get; init; } = "";

        public string Name { get; init; } = "";

        public string? Description { get; init; }

        public int Apis { get; init; }

        public long RowVersion { get; init; }

        public ApiCategory ToCategory() => new()
        {
            Id = Id,
            Organization = Organization,
            Name = Name,
            Description = Description,
            Apis = Apis,
            RowVersion = RowVersion,
        };
    }
}

/// <summary>The categories of an API as rows, so that they can be counted.</summary>
internal static class CategoryRows
{
    public static async Task ReplaceAsync(Transaction db, Api api)
    {
        await db.ExecuteAsync("DELETE FROM api_category_uses WHERE api_id = @Id", new { api.Id });
        foreach (var nameKey in api.Design.Categories.Select(NameKey.Of).Distinct(StringComparer.Ordinal))
        {
            await db.ExecuteAsync(
                "INSERT INTO api_category_uses (api_id, organization, name_key) VALUES (@Id, @Organization, @nameKey)",
                new { api.Id, api.Organization, nameKey });
        }
    }
}
