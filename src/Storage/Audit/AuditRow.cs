using Tollgate.Model;

namespace Tollgate.Storage.Audit;

/// <summary>A row of audit_entries as the driver fills it.</summary>
internal sealed record AuditRow
{
    public const string Columns =
        "node, number, organization, user_name, happened_at, method, route, target, status, correlation, details, entry_hash";

    public string Node { get; init; } = "";

    public long Number { get; init; }

    public string Organization { get; init; } = "";

    public string UserName { get; init; } = "";

    public long HappenedAt { get; init; }

    public string Method { get; init; } = "";

    public string Route { get; init; } = "";

    public string Target { get; init; } = "";

    public int Status { get; init; }

    public string Correlation { get; init; } = "";

    public byte[] Details { get; init; } = [];

    public string EntryHash { get; init; } = "";

    /// <summary>The columns of a table that a query calls by this alias.</summary>
    public static string ColumnsOf(string alias) => $"{alias}." + Columns.Replace(", ", $", {alias}.", StringComparison.Ordinal);

    public static AuditRow Of(AuditEntry entry) => new()
    {
        Node = entry.Node,
        Number = entry.Number,
        Organization = entry.Organization,
        UserName = entry.UserName,
        HappenedAt = entry.HappenedAt,
        Method = entry.Method,
        Route = entry.Route,
        Target = entry.Target,
        Status = entry.Status,
        Correlation = entry.Correlation,
        Details = Compressed.From(entry.Details),
    };

    public AuditEntry ToEntry() => new()
    {
        Node = Node,
        Number = Number,
        Organization = Organization,
        UserName = UserName,
        HappenedAt = HappenedAt,
        Method = Method,
        Route = Route,
        Target = Target,
        Status = Status,
        Correlation = Correlation,
        Details = Compressed.ToText(Details),
    };
}
