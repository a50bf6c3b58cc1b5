using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
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

/// <summary>What a look through all chains found.</summary>
/// <param name="Entries">How many entries hold.</param>
/// <param name="Problem">The first thing that is wrong; null when nothing is.</param>
public sealed record AuditVerdict(long Entries, string? Problem);

/// <summary>The audit log: entries are added and read, nothing else.</summary>
/// <remarks>The key of the HMAC comes from the master key: who can write the table but has no node cannot make an entry that holds.</remarks>
public sealed class AuditStore(ApimDatabase database, MasterKey masterKey, AuditNode node)
{
    private const string Columns =
        "node, number, organization, user_name, happened_at, method, route, target, status, correlation, details, entry_hash";

    private readonly byte[] _key = masterKey.Derive("audit");

    /// <summary>Adds an entry to this node's chain; durable when this returns.</summary>
    public Task AppendAsync(AuditEntry entry) => database.WriteAsync(async db =>
    {
        // The update takes the row's lock, so that processes under one name add one after the other.
        if (await db.ExecuteAsync("UPDATE audit_chains SET number = number + 1 WHERE node = @Name", node) == 0)
        {
            await db.ExecuteAsync("INSERT INTO audit_chains (node, number, entry_hash) VALUES (@Name, 1, '')", node);
        }

        var chain = (await db.FirstAsync<ChainRow>("SELECT node, number, entry_hash FROM audit_chains WHERE node = @Name", node))!;
        var row = AuditRow.Of(entry with { Node = node.Name, Number = chain.Number });
        row = row with { EntryHash = HashOf(row, chain.EntryHash) };
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
        var rows = await db.ListAsync<AuditRow>(
            $"""
            SELECT {Columns} FROM audit_entries WHERE {query.Where}
            ORDER BY happened_at DESC, node, number DESC LIMIT @limit OFFSET @offset
            """,
            arguments);
        return new Page<AuditEntry>([.. rows.Select(row => row.ToEntry())], total);
    });

    /// <summary>Reads every chain from its first entry and says what is missing or was changed.</summary>
    public Task<AuditVerdict> VerifyAsync(CancellationToken cancellation) => database.Database.SnapshotAsync(
        async db =>
        {
            var entries = 0L;
            foreach (var chain in await db.ListAsync<ChainRow>("SELECT node, number, entry_hash FROM audit_chains ORDER BY node"))
            {
                var (number, hash) = (0L, "");
                await foreach (var row in db.StreamAsync<AuditRow>(
                    $"SELECT {Columns} FROM audit_entries WHERE node = @Node ORDER BY number", chain).WithCancellation(cancellation))
                {
                    number++;
                    if (row.Number != number)
                    {
                        return new AuditVerdict(entries, $"Entry {number} of node '{chain.Node}' is missing.");
                    }

                    if (row.EntryHash != HashOf(row, hash))
                    {
                        return new AuditVerdict(entries, $"Entry {number} of node '{chain.Node}' was changed.");
                    }

                    hash = row.EntryHash;
                    entries++;
                }

                if (number != chain.Number || hash != chain.EntryHash)
                {
                    return new AuditVerdict(entries, $"The chain of node '{chain.Node}' ends at entry {number}; it had {chain.Number}.");
                }
            }

            var stray = await db.FirstAsync<string>(
                "SELECT e.node FROM audit_entries e LEFT JOIN audit_chains c ON c.node = e.node WHERE c.node IS NULL LIMIT 1");
            return new AuditVerdict(entries, stray is null ? null : $"The chain of node '{stray}' has lost its end.");
        },
        cancellation);

    private string HashOf(AuditRow row, string previous)
    {
        var canonical = JsonSerializer.Serialize<object[]>(
        [
            row.Node, row.Number, row.Organization, row.UserName, row.HappenedAt, row.Method, row.Route, row.Target, row.Status, row.Correlation,
            Convert.ToHexStringLower(SHA256.HashData(row.Details)), previous,
        ]);
        return Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(canonical)));
    }

    private sealed record ChainRow
    {
        public string Node { get; init; } = "";

        public long Number { get; init; }

        public string EntryHash { get; init; } = "";
    }
}
