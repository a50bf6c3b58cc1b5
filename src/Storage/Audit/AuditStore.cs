using Tollgate.Model;
using Tollgate.Security.Secrets;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Audit;

/// <summary>Name of the node that writes audit entries.</summary>
public sealed record AuditNode(string Name);

/// <summary>Which audit entries a list shows.</summary>
public sealed record AuditQuery
{
    /// <summary>Null for all organizations.</summary>
    public string? Organization { get; init; }

    public string? UserName { get; init; }

    public string? Method { get; init; }

    public string? Route { get; init; }

    public int? Status { get; init; }

    /// <summary>Unix milliseconds, included.</summary>
    public long? From { get; init; }

    /// <summary>Unix milliseconds, excluded.</summary>
    public long? Until { get; init; }

    internal string Where => string.Join(
        " AND ",
        ((string?[])
        [
            "1 = 1", Organization is null ? null : "organization = @Organization", UserName is null ? null : "user_name = @UserName",
            Method is null ? null : "method = @Method", Route is null ? null : "route = @Route", Status is null ? null : "status = @Status",
            From is null ? null : "happened_at >= @From", Until is null ? null : "happened_at < @Until",
        ]).OfType<string>());
}

/// <summary>The audit log: entries are added and read.</summary>
/// <remarks>The key of the HMAC comes from the master key: who can write the table but has no node cannot make an entry that holds.</remarks>
public sealed class AuditStore(ApimDatabase database, MasterKey masterKey, AuditNode node)
{
    private readonly AuditKey _key = new(masterKey);

    /// <summary>Adds an entry to this node's chain; durable when this returns.</summary>
    public Task AppendAsync(AuditEntry entry) => database.WriteAsync(async db =>
    {
        // The update takes the row's lock, so that processes under one name add one after the other.
        if (await db.ExecuteAsync("UPDATE audit_chains SET number = number + 1 WHERE node = @Name", node) == 0)
        {
            await db.ExecuteAsync("INSERT INTO audit_chains (node, number, entry_hash) VALUES (@Name, 1, '')", node);
        }

        var chain = (await db.FirstAsync<AuditChainRow>("SELECT node, number, entry_hash FROM audit_chains WHERE node = @Name", node))!;
        var row = AuditRow.Of(entry with { Node = node.Name, Number = chain.Number });
        row = row with { EntryHash = _key.HashOf(row, chain.EntryHash) };
        await db.ExecuteAsync(
            """
            INSERT INTO audit_entries (node, number, organization, user_name, happened_at, method, route, target, status, correlation, details,
                                       entry_hash)
            VALUES (@Node, @Number, @Organization, @UserName, @HappenedAt, @Method, @Route, @Target, @Status, @Correlation, @Details, @EntryHash)
            """,
            row);
        return await db.ExecuteAsync("UPDATE audit_chains SET entry_hash = @EntryHash WHERE node = @Node", row);
    });

    /// <summary>Entries, the newest first.</summary>
    public Task<Page<AuditEntry>> ListAsync(AuditQuery query, PageRequest page) => database.ReadAsync(async db =>
    {
        var arguments = new
        {
            query.Organization, query.UserName, query.Method, query.Route, query.Status, query.From, query.Until,
            limit = page.Limit, offset = page.Offset,
        };
        var total = await db.FirstAsync<int>($"SELECT COUNT(*) FROM audit_entries WHERE {query.Where}", arguments);

        // Which ones first, from an index: the details of entries before the page are not read.
        var rows = await db.ListAsync<AuditRow>(
            $"""
            SELECT {AuditRow.ColumnsOf("e")} FROM (
              SELECT node, number FROM audit_entries WHERE {query.Where}
              ORDER BY happened_at DESC, node DESC, number DESC LIMIT @limit OFFSET @offset) p
            JOIN audit_entries e ON e.node = p.node AND e.number = p.number
            ORDER BY e.happened_at DESC, e.node DESC, e.number DESC
            """,
            arguments);
        return new Page<AuditEntry>([.. rows.Select(row => row.ToEntry())], total);
    });
}
