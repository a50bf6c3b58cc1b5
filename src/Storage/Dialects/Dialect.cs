using System.Data.Common;

namespace Tollgate.Storage.Dialects;

/// <summary>What differs between database products; everything else is one SQL text.</summary>
public abstract class Dialect
{
    /// <summary>Waiting for a lock longer than this answers 503 instead of queueing behind a stuck writer.</summary>
    public static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(2);

    /// <summary>True where only one transaction can write at a time, so that writers queue in this process.</summary>
    internal abstract bool SingleWriter { get; }

    /// <summary>How often to look for writes of other processes.</summary>
    internal abstract TimeSpan PollPause { get; }

    internal abstract Task<DbConnection> OpenAsync(CancellationToken cancellation);

    /// <summary>Begins a transaction that holds the right to write from its first moment on.</summary>
    internal abstract Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellation);

    /// <summary>Begins a transaction that sees one state of all tables until its end.</summary>
    internal abstract Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancellation);

    /// <summary>Puts the product's column types in place of {id}, {name}, {text}, {blob}, {long}, {int} and {options}.</summary>
    internal abstract string Types(string migration);

    internal abstract bool IsDuplicate(DbException error);

    internal abstract bool IsBusy(DbException error);
}
