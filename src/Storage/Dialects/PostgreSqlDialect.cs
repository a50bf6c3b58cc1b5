using System.Data;
using System.Data.Common;
using System.Security.Authentication;
using Dapper;
using Npgsql;

namespace Tollgate.Storage.Dialects;

/// <summary>PostgreSQL.</summary>
public sealed class PostgreSqlDialect : Dialect
{
    // "tollgate" in ASCII, cut to eight bytes: what the nodes of one database take turns by.
    private const long Turn = 0x746F6C6C67617465;

    private const string Channel = "tollgate_runtime";

    private readonly NpgsqlDataSource _source;
    private readonly string _listening;
    private readonly ServerAddress _address;

    public PostgreSqlDialect(ServerAddress address, string searchPath = "")
    {
        _address = address;
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = address.Host,
            Port = address.Port,
            Database = address.Name,
            Username = address.User,
            Password = address.Password,
            SearchPath = searchPath.Length > 0 ? searchPath : null,
            SslMode = ModeOf(address.Protection),
            RootCertificate = address.AuthorityFile.Length > 0 ? address.AuthorityFile : null,
            MaxPoolSize = address.MostConnections,
            MinPoolSize = Math.Min(address.LeastConnections, address.MostConnections),
            Timeout = (int)ConnectTimeout.TotalSeconds,
            KeepAlive = 30,
            ApplicationName = "tollgate",
            Options = $"-c lock_timeout={LockTimeout.TotalMilliseconds} -c statement_timeout={StatementTimeout.TotalMilliseconds} "
                + $"-c idle_in_transaction_session_timeout={IdleTimeout.TotalMilliseconds}",
        };
        _source = NpgsqlDataSource.Create(settings);
        settings.Pooling = false;
        _listening = settings.ToString();
    }

    internal override string Product => "PostgreSQL";

    internal override string VersionQuery => "SHOW server_version";

    internal override string TableQuery => "SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = @table";

    internal override int? MostConnections => _address.MostConnections;

    internal override TimeSpan LongestWait => _address.LongestWait;

    public override void Dispose()
    {
        _source.Dispose();
        base.Dispose();
    }

    internal override async Task<DbConnection> OpenAsync(CancellationToken cancellation) => await _source.OpenConnectionAsync(cancellation);

    // The first statement of a change locks its row; what follows must see what others committed before that.
    internal override async Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellation) =>
        await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation);

    internal override async Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancellation)
    {
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        // A slow reader must not be cut off.
        await connection.ExecuteAsync("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0", transaction: transaction);
        return transaction;
    }

    internal override void ForgetConnections() => _source.Clear();

    // A transaction's notifications leave with its commit (postgresql.org/docs/15/sql-notify.html).
    internal override Task AnnounceAsync(Transaction db) => db.ExecuteAsync($"NOTIFY {Channel}");

    internal override Func<Action, CancellationToken, Task> Listen => ListenAsync;

    internal override Task TakeTurnAsync(Transaction db) => db.ExecuteAsync("SELECT pg_advisory_lock(@Turn)", new { Turn });

    internal override Task EndTurnAsync(Transaction db) => db.ExecuteAsync("SELECT pg_advisory_unlock(@Turn)", new { Turn });

    internal override Task TakeTimeAsync(Transaction db) =>
        db.ExecuteAsync("SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0");

    // A connection of its own, beside those that are counted: it is never given back.
    private async Task ListenAsync(Action heard, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(_listening);
        connection.Notification += (_, _) => heard();
        await connection.OpenAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition($"LISTEN {Channel}", cancellationToken: cancellation));
        // What changed before this was not heard.
        heard();
        while (true)
        {
            await connection.WaitAsync(cancellation);
        }
    }

    // The words as they are, without the parser of a language: they were split and lowered already.
    internal override string SearchTable =>
        """
        CREATE TABLE IF NOT EXISTS search_texts (
          id {id} NOT NULL PRIMARY KEY,
          api_id {id} NOT NULL,
          kind {id} NOT NULL,
          audience_key {name} NOT NULL,
          entry {text} NOT NULL,
          body {text} NOT NULL
        );
        CREATE INDEX IF NOT EXISTS search_texts_body ON search_texts USING GIN (array_to_tsvector(string_to_array(body, ' ')))
        """;

    internal override (string Condition, string Words) MatchWords(IReadOnlyCollection<string> words) => (
        "array_to_tsvector(string_to_array(t.body, ' ')) @@ CAST(@words AS tsquery)",
        string.Join(" & ", words.Select(word => $"'{word}':*")));

    internal override async Task<IReadOnlyList<string>> AdviseAsync(Transaction db)
    {
        List<string> advice = [];
        if (await db.FirstAsync<string>("SHOW server_encoding") is var encoding and not "UTF8")
        {
            advice.Add($"The database has the encoding {encoding}; make it with ENCODING 'UTF8', or texts in other scripts are refused.");
        }

        var most = await db.FirstAsync<int>("SELECT CAST(setting AS INTEGER) FROM pg_settings WHERE name = 'max_connections'");
        if (most < 2 * _address.MostConnections)
        {
            advice.Add($"The server takes {most} connections; one node alone may open {_address.MostConnections} per database (pool_options.maxActive).");
        }

        return advice;
    }

    // Comparison by code point, whatever the database's language is: lists have one order on every product.
    internal override string Types(string migration) => migration
        .Replace("{search_texts}", SearchTable, StringComparison.Ordinal)
        .Replace("{id}", "VARCHAR(100) COLLATE \"C\"", StringComparison.Ordinal)
        .Replace("{name}", "VARCHAR(300) COLLATE \"C\"", StringComparison.Ordinal)
        .Replace("{text}", "TEXT COLLATE \"C\"", StringComparison.Ordinal)
        .Replace("{blob}", "BYTEA", StringComparison.Ordinal)
        .Replace("{long}", "BIGINT", StringComparison.Ordinal)
        .Replace("{int}", "INTEGER", StringComparison.Ordinal)
        .Replace("{options}", "", StringComparison.Ordinal);

    internal override CommandDefinition Command(string sql, object? arguments, Session session, CancellationToken cancellation)
    {
        var statement = PostgreSqlStatement.Of(sql);
        return new(
            statement.Text, arguments is null ? null : statement.Arguments(arguments), session.Inner, session.CommandSeconds,
            cancellationToken: cancellation);
    }

    // Codes: postgresql.org/docs/15/errcodes-appendix.html
    internal override Trouble TroubleOf(Exception error) => error switch
    {
        PostgresException { SqlState: var state } => TroubleOf(state),
        NpgsqlException { InnerException: TimeoutException } => Trouble.Busy,
        NpgsqlException { InnerException: AuthenticationException } or AuthenticationException => Trouble.NoTls,
        NpgsqlException when error.Message.Contains("SSL", StringComparison.Ordinal) => Trouble.NoTls,
        NpgsqlException { InnerException: System.Net.Sockets.SocketException } when error.Message.StartsWith("Failed to connect", StringComparison.Ordinal)
            => Trouble.Unreachable,
        NpgsqlException => Trouble.Disconnected,
        System.Net.Sockets.SocketException => Trouble.Unreachable,
        _ => Trouble.Ours,
    };

    private static Trouble TroubleOf(string state) => state switch
    {
        PostgresErrorCodes.UniqueViolation => Trouble.Duplicate,
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled => Trouble.Busy,
        PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure => Trouble.Deadlock,
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification or PostgresErrorCodes.InsufficientPrivilege
            => Trouble.LoginRefused,
        PostgresErrorCodes.InvalidCatalogName => Trouble.NoDatabase,
        PostgresErrorCodes.StringDataRightTruncation or PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter
            or PostgresErrorCodes.ProgramLimitExceeded => Trouble.BadValue,
        PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.DuplicateColumn or PostgresErrorCodes.DuplicateObject => Trouble.Exists,
        PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections => Trouble.Unreachable,
        // 25P03: this node stood still in the middle of a transaction.
        "25P03" => Trouble.Busy,
        // 57P01 to 57P05: the server ended the connection; 08: it broke.
        _ when state.StartsWith("57P", StringComparison.Ordinal) || state.StartsWith("08", StringComparison.Ordinal) => Trouble.Disconnected,
        _ => Trouble.Ours,
    };

    private static SslMode ModeOf(Protection protection) => protection switch
    {
        Protection.None => SslMode.Disable,
        Protection.Preferred => SslMode.Prefer,
        Protection.Required => SslMode.Require,
        Protection.VerifyAuthority => SslMode.VerifyCA,
        _ => SslMode.VerifyFull,
    };
}
