using Tollgate.Model;

namespace Tollgate.Storage.Users;

/// <summary>Organizations. The first one has no row: it is always there.</summary>
public sealed class OrganizationStore(SharedDatabase database)
{
    private const int Attempts = 20;
    private const string Columns = "id, number, display_name, active, created_at, row_version";

    public async Task<Organization?> FindAsync(string id) => id == Organization.Default
        ? new Organization { Id = id, Number = Organization.DefaultNumber, DisplayName = "The first organization", RowVersion = 1 }
        : (await database.ReadAsync(db => db.FirstAsync<Row>(
            $"SELECT {Columns} FROM organizations WHERE id = @key", new { key = NameKey.Of(id) })))?.ToOrganization();

    /// <summary>True when users of the organization may sign in and its applications may get tokens.</summary>
    public async Task<bool> IsActiveAsync(string id) => await FindAsync(id) is { Active: true };

    public Task<Page<Organization>> ListAsync(PageRequest page) => database.ReadAsync(async db =>
    {
        var total = await db.FirstAsync<int>("SELECT COUNT(*) FROM organizations");
        var rows = await db.ListAsync<Row>(
            $"SELECT {Columns} FROM organizations ORDER BY id LIMIT @limit OFFSET @offset", new { limit = page.Limit, offset = page.Offset });
        return new Page<Organization>([.. rows.Select(row => row.ToOrganization())], total);
    });

    /// <summary>Organizations in one state; the first one is always there, active, and comes first.</summary>
    public Task<Page<Organization>> ListAsync(bool active, PageRequest page) => database.ReadAsync(async db =>
    {
        var first = active ? 1 : 0;
        var isOnPage = active && page.Offset == 0;
        var arguments = new
        {
            flag = active ? 1 : 0,
            limit = isOnPage ? page.Limit - 1 : page.Limit,
            offset = Math.Max(0, page.Offset - first),
        };
        var total = await db.FirstAsync<int>("SELECT COUNT(*) FROM organizations WHERE active = @flag", arguments);
        var rows = await db.ListAsync<Row>(
            $"SELECT {Columns} FROM organizations WHERE active = @flag ORDER BY id LIMIT @limit OFFSET @offset", arguments);
        IEnumerable<Organization> begin = isOnPage ? [new Organization { Id = Organization.Default, Number = Organization.DefaultNumber }] : [];
        return new Page<Organization>([.. begin, .. rows.Select(row => row.ToOrganization())], total + first);
    });

    /// <summary>Saves a new organization under the next number; from then on its users can sign in.</summary>
    public async Task<Organization> CreateAsync(Organization organization)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await database.WriteAsync(db => InsertAsync(db, organization));
            }
            catch (DuplicateException)
            {
                // Where writers do not take turns, another organization may have got the number first: then the next one is free.
                if (attempt == Attempts || await FindAsync(organization.Id) is not null)
                {
                    throw Taken(organization.Id);
                }
            }
        }
    }

    public Task UpdateAsync(Organization organization) => database.WriteAsync(async db => await db.ExecuteAsync(
        """
        UPDATE organizations SET display_name = @DisplayName, active = @active, row_version = row_version + 1
        WHERE id = @Id AND row_version = @RowVersion
        """,
        new { organization.Id, organization.DisplayName, active = organization.Active ? 1 : 0, organization.RowVersion }) == 0
            ? throw Refusal.Stale("organization")
            : 0);

    public static Refusal Taken(string id) => Refusal.Conflict(409, "Organization exists", $"There is already an organization '{id}'.");

    private static async Task<Organization> InsertAsync(Transaction db, Organization organization)
    {
        var numbered = organization with { Number = (await db.FirstAsync<long?>("SELECT MAX(number) FROM organizations") ?? 0) + 1 };
        await db.ExecuteAsync(
            """
            INSERT INTO organizations (id, number, display_name, active, created_at, row_version)
            VALUES (@Id, @Number, @DisplayName, 1, @CreatedAt, 1)
            """,
            numbered);
        return numbered;
    }

    private sealed record Row
    {
        public string Id { get; init; } = "";

        public long Number { get; init; }

        public string? DisplayName { get; init; }

        public long Active { get; init; }

        public long CreatedAt { get; init; }

        public long RowVersion { get; init; }

        public Organization ToOrganization() => new()
        {
            Id = Id,
            Number = Number,
            DisplayName = DisplayName,
            Active = Active != 0,
            CreatedAt = CreatedAt,
            RowVersion = RowVersion,
        };
    }
}
