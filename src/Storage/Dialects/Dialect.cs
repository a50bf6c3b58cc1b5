using System.Data.Common;
using Dapper;

namespace Tollgate.Storage.Dialects;

/// <summary>What differs between database products; everything else is one SQL text.</summary>
public abstract class Dialect : IDisposable
{
    /// <summary>Waiting for a lock longer than this answers 503 instead of queueing behind a stuck writer.</summary>
    public static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(2);

    /// <summary>A statement longer than this is given up; reads of everything and changes of the schema take their time.</summary>
    internal static readonly TimeSpan StatementTimeout = TimeSpan.FromSeconds(30);

    /// <summary>An unreachable server is reported after this long.</summary>
    internal static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>A node that stopped in the middle of a transaction loses its locks after this long.</summary>
    internal static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(60);

    /// <summary>The product's name, in sentences.</summary>
    internal abstract string Product { get; }

    /// <summary>True where only one transaction can write at a time, so that writers queue in this process.</summary>
    internal virtual bool SingleWriter => false;

    /// <summary>True where a change of the schema is part of a transaction.</summary>
    internal virtual bool TransactionalSchema => true;

    /// <summary>How often to look for writes of other processes.</summary>
    internal virtual TimeSpan PollPause => TimeSpan.FromMilliseconds(50);

    /// <summary>Most connections that are open at a time; null where they cost nothing.</summary>
    internal virtual int? MostConnections => null;

    /// <summary>How long a caller waits for a free connection.</summary>
    internal virtual TimeSpan LongestWait => LockTimeout;

    /// <summary>What a query says to keep others from changing the row it reads.</summary>
    internal virtual string RowLock => " FOR UPDATE";

    /// <summary>Asks for the product's version.</summary>
    internal virtual string VersionQuery => "SELECT VERSION()";

    /// <summary>Has a row when there is a table of the name @table.</summary>
    internal virtual string TableQuery => "SELECT 1 FROM information_schema.tables WHERE table_name = @table";

    public virtual void Dispose() => GC.SuppressFinalize(this);

    internal abstract Task<DbConnection> OpenAsync(CancellationToken cancellation);

    /// <summary>Begins a transaction that holds the right to write from its first moment on.</summary>
    internal abstract Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellation);

    /// <summary>Begins a transaction that sees one state of all tables until its end, however long it takes.</summary>
    internal abstract Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancellation);

    /// <summary>Closes the pool's connections after one of them broke: the others broke with it.</summary>
    internal virtual void ForgetConnections()
    {
    }

    /// <summary>Tells other nodes of a change, once it is committed; a hint that may get lost.</summary>
    internal virtual Task AnnounceAsync(Transaction db) => Task.CompletedTask;

    /// <summary>Calls back for each announcement until the connection breaks; null where there are none.</summary>
    internal virtual Func<Action, CancellationToken, Task>? Listen => null;

    /// <summary>Waits for every other node's turn to end; the turn ends with the session, or with <see cref="EndTurnAsync"/>.</summary>
    internal virtual Task TakeTurnAsync(Transaction db) => Task.CompletedTask;

    internal virtual Task EndTurnAsync(Transaction db) => Task.CompletedTask;

    /// <summary>Lets the session's statements take as long as they need.</summary>
    internal virtual Task TakeTimeAsync(Transaction db) => Task.CompletedTask;

    /// <summary>What an administrator of the server should change, a sentence each.</summary>
    internal virtual Task<IReadOnlyList<string>> AdviseAsync(Transaction db) => Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>Puts the product's column types in place of {id}, {name}, {text}, {blob}, {long}, {int} and {options}.</summary>
    internal abstract string Types(string migration);

    /// <summary>A statement as the driver wants it.</summary>
    internal virtual CommandDefinition Command(string sql, object? arguments, Session session, CancellationToken cancellation) =>
        new(sql, arguments, session.Inner, session.CommandSeconds, cancellationToken: cancellation);

    /// <summary>
    /// Makes <c>search_texts</c>: id (unique), api_id, kind, audience_key, entry, and body with an index over its words. Stands for {search_texts}.
    /// </summary>
    internal abstract string SearchTable { get; }

    /// <summary>A condition that <c>t.body</c> has words with all these beginnings, with @words in it, and the value of @words.</summary>
    internal abstract (string Condition, string Words) MatchWords(IReadOnlyCollection<string> words);

    /// <summary>Stands behind a table's name in a query: read it by this index, and by no other that seems as good.</summary>
    internal virtual string ByIndex(string index) => "";

    internal abstract Trouble TroubleOf(Exception error);
}
