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

    internal override string VersionQuery => "SELECT sqlite_version()";

    internal override string TableQuery => "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = @table";

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

    // The words stand in a table of their own that the triggers keep in step; its key is a number that a vacuum leaves alone.
    // detail=none: which words a text has, not where; columnsize=0: no ranking.
    internal override string SearchTable =>
        """
        CREATE TABLE IF NOT EXISTS search_texts (
          number INTEGER PRIMARY KEY,
          id {id} NOT NULL UNIQUE,
          api_id {id} NOT NULL,
          kind {id} NOT NULL,
          audience_key {name} NOT NULL,
          entry {text} NOT NULL,
          body {text} NOT NULL
        );
        CREATE VIRTUAL TABLE IF NOT EXISTS search_index USING fts5(
          body, content='search_texts', content_rowid='number', detail='none', columnsize=0, tokenize='unicode61 remove_diacritics 0'
        );
        CREATE TRIGGER IF NOT EXISTS search_texts_added AFTER INSERT ON search_texts BEGIN
          INSERT INTO search_index (rowid, body) VALUES (new.number, new.body);
        END;
        CREATE TRIGGER IF NOT EXISTS search_texts_removed AFTER DELETE ON search_texts BEGIN
          INSERT INTO search_index (search_index, rowid, body) VALUES ('delete', old.number, old.body);
        END
        """;

    internal override (string Condition, string Words) MatchWords(IReadOnlyCollection<string> words) => (
        "t.number IN (SELECT rowid FROM search_index WHERE search_index MATCH @words)",
        string.Join(' ', words.Select(word => $"\"{word}\"*")));

    internal override string Types(string migration) => migration
        .Replace("{search_texts}", SearchTable, StringComparison.Ordinal)
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
