using System.Security.Cryptography;
using System.Text;
using Tollgate.Model;
using Tollgate.Model.Runtime;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Policies;

/// <summary>Which deny policies a list shows.</summary>
public sealed record DenyPolicyQuery(string Organization)
{
    public DenyKind? Kind { get; init; }

    /// <summary>Part of the subject, or all of it if <see cref="Exact"/>; case does not matter; null for all.</summary>
    public string? Subject { get; init; }

    public bool Exact { get; init; }
}

/// <summary>Deny policies.</summary>
public sealed class DenyPolicyStore(ApimDatabase database, TimeProvider time)
{
    public async Task<DenyPolicy?> FindAsync(string organization, string id) => (await database.ReadAsync(db => db.FirstAsync<DenyPolicyRow>(
        $"SELECT {DenyPolicyRow.Columns} FROM deny_policies WHERE id = @id AND organization = @organization", new { id, organization })))?.ToPolicy();

    public async Task<IReadOnlyList<DenyPolicy>> ListAsync(DenyPolicyQuery query)
    {
        var where = "organization = @Organization" + (query.Kind is null ? "" : " AND kind = @kind")
            + (query.Subject is null ? "" : query.Exact ? " AND subject_key = @subject" : " AND subject_key LIKE @subject ESCAPE '!'");
        var rows = await database.ReadAsync(db => db.ListAsync<DenyPolicyRow>(
            $"SELECT {DenyPolicyRow.Columns} FROM deny_policies WHERE {where} ORDER BY kind, id",
            new
            {
                query.Organization, kind = query.Kind is { } kind ? EnumText<DenyKind>.Of(kind) : null,
                subject = query.Subject is null ? null : query.Exact ? NameKey.Of(query.Subject) : NameKey.Contains(query.Subject),
            }));
        return [.. rows.Select(row => row.ToPolicy())];
    }

    public async Task CreateAsync(DenyPolicy policy)
    {
        try
        {
            await database.ChangeAsync(db => db.ExecuteAsync(
                """
                INSERT INTO deny_policies (id, organization, kind, subject, subject_key, subject_hash, inverted, enabled, runtime_version)
                VALUES (@Id, @Organization, @kind, @Subject, @key, @hash, @inverted, @enabled, @version)
                """,
                new
                {
                    policy.Id, policy.Organization, kind = EnumText<DenyKind>.Of(policy.Kind), policy.Subject, key = NameKey.Of(policy.Subject),
                    hash = HashOf(policy), inverted = policy.Invert ? 1 : 0, enabled = policy.Enabled ? 1 : 0, version = db.Version,
                }));
        }
        catch (DuplicateException)
        {
            throw Refusal.Conflict(900979, "Deny policy exists", "There is already a deny policy with this condition; switch that one on or off instead.");
        }
    }

    /// <summary>Switches a policy on or off.</summary>
    public Task SetEnabledAsync(DenyPolicy policy, bool enabled) => database.ChangeAsync(db => db.ExecuteAsync(
        "UPDATE deny_policies SET enabled = @flag, runtime_version = @version WHERE id = @Id",
        new { policy.Id, flag = enabled ? 1 : 0, version = db.Version }));

    public Task DeleteAsync(DenyPolicy policy) => database.ChangeAsync(async db =>
    {
        await db.ExecuteAsync("DELETE FROM deny_policies WHERE id = @Id", new { policy.Id });
        await Tombstones.BuryAsync(db, RuntimeKind.DenyPolicy, policy.Id, time.GetUtcNow().ToUnixTimeMilliseconds());
        return 0;
    });

    /// <summary>True when an API of the organization is served under this context.</summary>
    public Task<bool> HasContextAsync(string organization, string context) => database.ReadAsync(db => db.AnyAsync(
        "SELECT 1 FROM apis WHERE organization = @organization AND served_context = @context LIMIT 1", new { organization, context }));

    /// <summary>True when an owner has an application of this name; case does not matter in the name.</summary>
    public Task<bool> HasApplicationAsync(string organization, string owner, string name) => database.ReadAsync(db => db.AnyAsync(
        "SELECT 1 FROM applications WHERE organization = @organization AND owner = @owner AND name_key = @key LIMIT 1",
        new { organization, owner, key = NameKey.Of(name) }));

    // A context is a path and keeps its case; names do not.
    private static string HashOf(DenyPolicy policy) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        (policy.Invert ? "!" : "") + (policy.Kind is DenyKind.Api or DenyKind.Subscription ? policy.Subject : NameKey.Of(policy.Subject)))));
}
