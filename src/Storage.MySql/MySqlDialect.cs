using System.Data;
using System.Data.Common;
using System.Text.RegularExpressions;
using Dapper;
using MySqlConnector;
using Tollgate.Storage.Dialects;

namespace Tollgate.Storage.MySql;

/// <summary>MySQL and MariaDB.</summary>
public sealed partial class MySqlDialect(ServerAddress address, bool allowPublicKeyRetrieval = false) : Dialect
{
    private const int TurnSeconds = 60;
    private const string Turn = "CONCAT('tollgate-', MD5(DATABASE()))";

    private readonly MySqlDataSource _source = new(new MySqlConnectionStringBuilder
    {
        Server = address.Host,
        Port = (uint)address.Port,
        Database = address.Name,
        UserID = address.User,
        Password = address.Password,
        SslMode = ModeOf(address.Protection),
        SslCa = address.AuthorityFile,
        AllowPublicKeyRetrieval = allowPublicKeyRetrieval,
        ApplicationName = "tollgate",
        MaximumPoolSize = (uint)address.MostConnections,
        MinimumPoolSize = (uint)Math.Min(address.LeastConnections, address.MostConnections),
        ConnectionTimeout = (uint)ConnectTimeout.TotalSeconds,
        // Rows found, not rows changed: as the other products count.
        UseAffectedRows = false,
    }.ToString());

    internal override string Product => "MySQL";

    internal override bool TransactionalSchema => false;

    internal override string TableQuery => "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = @table";

    internal override int? MostConnections => address.MostConnections;

    internal override TimeSpan LongestWait => address.LongestWait;

    public override void Dispose()
    {
        _source.Dispose();
        base.Dispose();
    }

    internal override async Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = await _source.OpenConnectionAsync(cancellation);
        try
        {
            await connection.ExecuteAsync(SessionSettings(connection, StatementTimeout, IdleTimeout));
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // The first statement of a change locks its row; what follows must see what others committed before that.
    internal override async Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellation) =>
        await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation);

    internal override async Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancellation)
    {
        // A slow reader must not be cut off.
        await connection.ExecuteAsync(SessionSettings((MySqlConnection)connection, TimeSpan.Zero, TimeSpan.Zero));
        return await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
    }

    internal override void ForgetConnections()
    {
        using var any = _source.CreateConnection();
        MySqlConnection.ClearPool(any);
    }

    // 1: ours; 0: others still have it; nothing: the server interrupted the wait, and whoever went on would share the turn.
    internal override async Task TakeTurnAsync(Transaction db)
    {
        while (await db.FirstAsync<long?>($"SELECT GET_LOCK({Turn}, {TurnSeconds})") is var taken and not 1)
        {
            if (taken is null)
            {
                throw DatabaseRefusals.Interrupted();
            }
        }
    }

    internal override Task EndTurnAsync(Transaction db) => db.FirstAsync<long?>($"SELECT RELEASE_LOCK({Turn})");

    internal override async Task TakeTimeAsync(Transaction db)
    {
        var isMariaDb = await db.FirstAsync<string>("SELECT VERSION()") is { } version && IsMariaDb(version);
        await db.ExecuteAsync(SessionSettings(isMariaDb, TimeSpan.Zero, TimeSpan.Zero));
    }

    internal override string SearchTable =>
        """
        CREATE TABLE IF NOT EXISTS search_texts (
          id {id} NOT NULL PRIMARY KEY,
          api_id {id} NOT NULL,
          kind {id} NOT NULL,
          audience_key {name} NOT NULL,
          entry {text} NOT NULL,
          body {text} NOT NULL,
          FULLTEXT KEY search_texts_body (body)
        ) {options}
        """;

    internal override (string Condition, string Words) MatchWords(IReadOnlyCollection<string> words) => (
        "MATCH (t.body) AGAINST (@words IN BOOLEAN MODE)", string.Join(' ', words.Select(word => $"+{word}*")));

    // After a large import, and until the server has counted the rows, all indexes of a table look alike to it.
    internal override string ByIndex(string index) => $" FORCE INDEX ({index})";

    internal override Task<IReadOnlyList<string>> AdviseAsync(Transaction db) => MySqlAdvice.OfAsync(db, address.MostConnections);

    // utf8mb4_bin compares as the other products do and stores every character, whatever character set the database was made with.
    internal override string Types(string migration) => TextDefault().Replace(migration, "$1 DEFAULT ('$2')")
        .Replace("{search_texts}", SearchTable, StringComparison.Ordinal)
        .Replace("{id}", "VARCHAR(100)", StringComparison.Ordinal)
        .Replace("{name}", "VARCHAR(300)", StringComparison.Ordinal)
        .Replace("{text}", "LONGTEXT", StringComparison.Ordinal)
        .Replace("{blob}", "LONGBLOB", StringComparison.Ordinal)
        .Replace("{long}", "BIGINT", StringComparison.Ordinal)
        .Replace("{int}", "INT", StringComparison.Ordinal)
        .Replace("{options}", "ENGINE = InnoDB ROW_FORMAT = DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", StringComparison.Ordinal);

    internal override Trouble TroubleOf(Exception error) => MySqlTrouble.Of(error);

    private static string SessionSettings(MySqlConnection connection, TimeSpan statement, TimeSpan idle) =>
        SessionSettings(IsMariaDb(connection.ServerVersion), statement, idle);

    // mariadb.com/kb/en/server-system-variables and dev.mysql.com/doc/refman/8.0/en/server-system-variables.html
    private static string SessionSettings(bool isMariaDb, TimeSpan statement, TimeSpan idle) =>
        "SET SESSION sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', "
        + $"SESSION collation_connection = 'utf8mb4_bin', SESSION innodb_lock_wait_timeout = {LockTimeout.TotalSeconds}, "
        + (isMariaDb
            ? $"SESSION max_statement_time = {statement.TotalSeconds}, SESSION idle_write_transaction_timeout = {idle.TotalSeconds}"
            : $"SESSION max_execution_time = {statement.TotalMilliseconds}");

    private static bool IsMariaDb(string version) => version.Contains("MariaDB", StringComparison.OrdinalIgnoreCase);

    private static MySqlSslMode ModeOf(Protection protection) => protection switch
    {
        Protection.None => MySqlSslMode.Disabled,
        Protection.Preferred => MySqlSslMode.Preferred,
        Protection.Required => MySqlSslMode.Required,
        Protection.VerifyAuthority => MySqlSslMode.VerifyCA,
        _ => MySqlSslMode.VerifyFull,
    };

    // MySQL takes a default of a long text only as an expression (dev.mysql.com/doc/refman/8.0/en/data-type-defaults.html).
    [GeneratedRegex(@"(\{text\}[^,']*?)\s+DEFAULT\s+'([^']*)'")]
    private static partial Regex TextDefault();
}
