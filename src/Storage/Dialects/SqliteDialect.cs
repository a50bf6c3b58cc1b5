using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Tollgate.Storage.Dialects;

/// <summary>SQLite in WAL mode: the embedded default.</summary>
public sealed class SqliteDialect : Dialect
{
    private const int ConstraintViolation = 19;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int CannotOpen = 14;
    private const int TooBig = 18;
    private const int NotADatabase = 26;

    private readonly string _connectionString;

    static SqliteDialect() => SQLitePCL.Batteries_V2.Init();

    public SqliteDialect(string path)
    {
        CreateFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Cache = SqliteCacheMode.Private,
            ForeignKeys = true,
            DefaultTimeout = (int)LockTimeout.TotalSeconds,
        }.ToString();
    }

    internal override string Product => "SQLite";

    internal override bool SingleWriter => true;

    // Whoever writes is alone.
    internal override string RowLock => "";

    // An embedded database has one node; only a tool beside it might write too, and a laptop should idle.
    internal override TimeSpan PollPause => TimeSpan.FromSeconds(1);

    internal override async Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(cancellation);
        using var command = connection.CreateCommand();
        // FULL: a commit is on disk before it is acknowledged, also through a power cut (sqlite.org/pragma.html#pragma_synchronous).
        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";
        await command.ExecuteNonQueryAsync(cancellation);
        return connection;
    }

    // Password hashes and secrets' hashes are in there: a folder that is made here is its owner's only.
    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    internal override Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellation) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(IsolationLevel.Serializable, deferred: false));

    // A deferred transaction in WAL mode reads one snapshot from its first statement on.
    internal override Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancellation) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(IsolationLevel.Serializable, deferred: true));

    internal override string Types(string migration) => migration
        .Replace("{id}", "TEXT", StringComparison.Ordinal)
        .Replace("{name}", "TEXT", StringComparison.Ordinal)
        .Replace("{text}", "TEXT", StringComparison.Ordinal)
        .Replace("{blob}", "BLOB", StringComparison.Ordinal)
        .Replace("{long}", "INTEGER", StringComparison.Ordinal)
        .Replace("{int}", "INTEGER", StringComparison.Ordinal)
        .Replace("{options}", "", StringComparison.Ordinal);

    internal override Trouble TroubleOf(Exception error) => error is not SqliteException { SqliteErrorCode: var code } ? Trouble.Ours : code switch
    {
        ConstraintViolation => Trouble.Duplicate,
        Busy or Locked => Trouble.Busy,
        TooBig => Trouble.TooLarge,
        CannotOpen or NotADatabase => Trouble.Unreachable,
        _ => Trouble.Ours,
    };
}
