namespace Tollgate.Storage.Audit;

/// <summary>A row of audit_chains: where a chain ends; or of audit_prunings: where it begins.</summary>
internal sealed record AuditChainRow
{
    public string Node { get; init; } = "";

    public long Number { get; init; }

    public string EntryHash { get; init; } = "";

    /// <summary>Of a beginning only.</summary>
    public string Seal { get; init; } = "";
}
