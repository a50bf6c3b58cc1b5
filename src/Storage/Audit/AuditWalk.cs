namespace Tollgate.Storage.Audit;

/// <summary>Follows a chain entry by entry.</summary>
internal sealed class AuditWalk(AuditKey key, AuditChainRow beginning)
{
    /// <summary>The last entry that holds.</summary>
    public long Number { get; private set; } = beginning.Number;

    public string Hash { get; private set; } = beginning.EntryHash;

    /// <summary>Takes the next entry; says what is wrong, or nothing.</summary>
    public string? Take(AuditRow row)
    {
        if (row.Number != Number + 1)
        {
            return $"Entry {Number + 1} of node '{beginning.Node}' is missing.";
        }

        if (row.EntryHash != key.HashOf(row, Hash))
        {
            return $"Entry {row.Number} of node '{beginning.Node}' was changed.";
        }

        (Number, Hash) = (row.Number, row.EntryHash);
        return null;
    }
}
