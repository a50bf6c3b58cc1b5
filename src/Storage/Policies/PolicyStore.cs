using Tollgate.Model;
using Tollgate.Model.Runtime;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Policies;

/// <summary>Throttling policies of the kinds application, subscription (business plans), advanced and custom.</summary>
public sealed class PolicyStore(ApimDatabase database, TimeProvider time)
{
    private const string Columns = "id, organization, kind, name, display_name, description, terms, row_version";

    public async Task<ThrottlingPolicy?> FindAsync(string organization, PolicyKind kind, string id) =>
        (await database.ReadAsync(db => db.FirstAsync<PolicyRow>(
            $"SELECT {Columns} FROM throttling_policies WHERE id = @id AND organization = @organization AND kind = @kind",
            new { id, organization, kind = EnumText<PolicyKind>.Of(kind) })))?.ToPolicy();

    /// <summary>Finds a policy of any kind.</summary>
    public async Task<ThrottlingPolicy?> FindAsync(string organization, string id) => (await database.ReadAsync(db => db.FirstAsync<PolicyRow>(
        $"SELECT {Columns} FROM throttling_policies WHERE id = @id AND organization = @organization", new { id, organization })))?.ToPolicy();

    /// <summary>Policies of one kind or all, whose names contain a text.</summary>
    public async Task<IReadOnlyList<ThrottlingPolicy>> SearchAsync(string organization, PolicyKind? kind, string? nameContains)
    {
        var where = "organization = @organization" + (kind is null ? "" : " AND kind = @kind")
            + (nameContains is null ? "" : " AND name_key LIKE @pattern ESCAPE '!'");
        var rows = await database.ReadAsync(db => db.ListAsync<PolicyRow>(
            $"SELECT {Columns} FROM throttling_policies WHERE {where} ORDER BY kind, name_key",
            new
            {
                organization, kind = kind is { } one ? EnumText<PolicyKind>.Of(one) : null,
                pattern = nameContains is null ? null : NameKey.Contains(nameContains),
            }));
        return [.. rows.Select(row => row.ToPolicy())];
    }

    /// <summary>Policies by name, case does not matter; names without a policy are missing.</summary>
    public async Task<IReadOnlyList<ThrottlingPolicy>> NamedAsync(string organization, PolicyKind kind, IEnumerable<string> names) =>
        [.. (await database.ReadAsync(db => db.ListAsync<PolicyRow>(
            $"SELECT {Columns} FROM throttling_policies WHERE organization = @organization AND kind = @kind AND name_key IN @keys ORDER BY name_key",
            new { organization, kind = EnumText<PolicyKind>.Of(kind), keys = names.Select(NameKey.Of) }))).Select(row => row.ToPolicy())];

    /// <summary>Policies of a kind by name, without the one called <paramref name="except"/>.</summary>
    public Task<Page<ThrottlingPolicy>> ListAsync(
        string organization, PolicyKind kind, PageRequest page, string except = "") => database.ReadAsync(async db =>
    {
        const string Where = "organization = @organization AND kind = @kind AND name <> @except";
        var arguments = new { organization, kind = EnumText<PolicyKind>.Of(kind), except, limit = page.Limit, offset = page.Offset };
        var total = await db.FirstAsync<int>($"SELECT COUNT(*) FROM throttling_policies WHERE {Where}", arguments);
        var rows = await db.ListAsync<PolicyRow>(
            $"SELECT {Columns} FROM throttling_policies WHERE {Where} ORDER BY name_key LIMIT @limit OFFSET @offset",
            arguments);
        return new Page<ThrottlingPolicy>([.. rows.Select(row => row.ToPolicy())], total);
    });

    public async Task CreateAsync(params IReadOnlyList<ThrottlingPolicy> policies)
    {
        try
        {
            await database.ChangeAsync(async db =>
            {
                foreach (var policy in policies)
                {
                    await InsertAsync(db, policy);
                }

                return 0;
            });
        }
        catch (DuplicateException)
        {
            throw Refusal.Conflict(903001, "Policy exists", "There is already a policy of that kind and name. Choose another name.");
        }
    }

    public async Task UpdateAsync(ThrottlingPolicy policy)
    {
        var updated = await database.ChangeAsync(db => db.ExecuteAsync(
            """
            UPDATE throttling_policies SET display_name = @DisplayName, description = @Description, terms = @terms,
                row_version = row_version + 1, runtime_version = @version
            WHERE id = @Id AND row_version = @RowVersion
            """,
            Arguments(policy, db.Version)));
        if (updated == 0)
        {
            throw Refusal.Stale("policy");
        }
    }

    /// <summary>Removes a policy; refused while an API, application or subscription counts by it.</summary>
    public Task DeleteAsync(ThrottlingPolicy policy) => database.ChangeAsync(async db =>
    {
        if (policy.Kind != PolicyKind.Custom && await IsUsedAsync(db, policy))
        {
            throw new Refusal(403, 900971, "Policy in use", $"The policy '{policy.Name}' is in use. Change what uses it before you delete it.");
        }

        await db.ExecuteAsync("DELETE FROM throttling_policies WHERE id = @Id", new { policy.Id });
        await Tombstones.BuryAsync(db, RuntimeKind.Policy, policy.Id, time.GetUtcNow().ToUnixTimeMilliseconds());
        return 0;
    });

    private static Task<bool> IsUsedAsync(Transaction db, ThrottlingPolicy policy) => db.AnyAsync(
        policy.Kind switch
        {
            PolicyKind.Application => "SELECT 1 FROM applications WHERE organization = @Organization AND policy = @Name LIMIT 1",
            PolicyKind.Subscription =>
                """
                SELECT 1 FROM subscriptions WHERE organization = @Organization AND plan = @Name
                UNION ALL SELECT 1 FROM api_policies p JOIN apis a ON a.id = p.api_id
                WHERE a.organization = @Organization AND p.kind = 'subscription' AND p.name_key = @nameKey AND p.revision_id = ''
                """,
            _ =>
                """
                SELECT 1 FROM api_policies p JOIN apis a ON a.id = p.api_id
                WHERE a.organization = @Organization AND p.kind = 'advanced' AND p.name_key = @nameKey
                """,
        },
        new { policy.Organization, policy.Name, nameKey = NameKey.Of(policy.Name) });

    private static Task<int> InsertAsync(RuntimeTransaction db, ThrottlingPolicy policy) => db.ExecuteAsync(
        """
        INSERT INTO throttling_policies (id, organization, kind, name, name_key, display_name, description, terms, row_version, runtime_version)
        VALUES (@Id, @Organization, @kind, @Name, @nameKey, @DisplayName, @Description, @terms, 1, @version)
        """,
        Arguments(policy, db.Version));

    private static object Arguments(ThrottlingPolicy policy, long version) => new
    {
        policy.Id, policy.Organization, kind = EnumText<PolicyKind>.Of(policy.Kind), policy.Name, nameKey = NameKey.Of(policy.Name),
        policy.DisplayName, policy.Description, terms = ModelJson.Write(policy.Terms), policy.RowVersion, version,
    };

    private sealed record PolicyRow
    {
        public string Id { get; init; } = "";

        public string Organization { get; init; } = "";

        public string Kind { get; init; } = "";

        public string Name { get; init; } = "";

        public string? DisplayName { get; init; }

        public string? Description { get; init; }

        public string Terms { get; init; } = "";

        public long RowVersion { get; init; }

        public ThrottlingPolicy ToPolicy() => new()
        {
            Id = Id,
            Organization = Organization,
            Kind = EnumText<PolicyKind>.Parse(Kind),
            Name = Name,
            DisplayName = DisplayName,
            Description = Description,
            Terms = ModelJson.Read<PolicyTerms>(Terms),
            RowVersion = RowVersion,
        };
    }
}
