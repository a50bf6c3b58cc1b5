using Tollgate.Model;

namespace Tollgate.Storage.Users;

/// <summary>Parts of an organization.</summary>
public sealed class SubOrganizationStore(SharedDatabase database)
{
    private const string Columns = "id, organization, external_id, display_name, description, row_version";

    public Task<IReadOnlyList<SubOrganization>> ListAsync(string organization) => database.ReadAsync(db => db.ListAsync<SubOrganization>(
        $"SELECT {Columns} FROM sub_organizations WHERE organization = @organization ORDER BY external_key", new { organization }));

    public Task<SubOrganization?> FindAsync(string organization, string id) => database.ReadAsync(db => db.FirstAsync<SubOrganization>(
        $"SELECT {Columns} FROM sub_organizations WHERE id = @id AND organization = @organization", new { id, organization }));

    public async Task CreateAsync(SubOrganization part)
    {
        try
        {
            await database.WriteAsync(db => db.ExecuteAsync(
                """
                INSERT INTO sub_organizations (id, organization, external_id, external_key, display_name, description, row_version)
                VALUES (@Id, @Organization, @ExternalId, @key, @DisplayName, @Description, 1)
                """,
                Arguments(part)));
        }
        catch (DuplicateException)
        {
            throw Taken(part);
        }
    }

    public async Task UpdateAsync(SubOrganization part)
    {
        try
        {
            await database.WriteAsync(async db => await db.ExecuteAsync(
                """
                UPDATE sub_organizations SET external_id = @ExternalId, external_key = @key, display_name = @DisplayName,
                    description = @Description, row_version = row_version + 1
                WHERE id = @Id AND row_version = @RowVersion
                """,
                Arguments(part)) == 0 ? throw Refusal.Stale("organization") : 0);
        }
        catch (DuplicateException)
        {
            throw Taken(part);
        }
    }

    public Task DeleteAsync(SubOrganization part) => database.WriteAsync(db => db.ExecuteAsync(
        "DELETE FROM sub_organizations WHERE id = @Id", new { part.Id }));

    private static object Arguments(SubOrganization part) => new
    {
        part.Id, part.Organization, part.ExternalId, key = NameKey.Of(part.ExternalId), part.DisplayName, part.Description, part.RowVersion,
    };

    private static Refusal Taken(SubOrganization part) =>
        Refusal.Conflict(409, "Organization exists", $"There is already an organization with the external id '{part.ExternalId}'.");
}
