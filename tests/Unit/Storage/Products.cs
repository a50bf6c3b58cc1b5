using Tollgate.Databases;
using Tollgate.Storage.Dialects;
using Tollgate.Storage.MySql;

namespace Tollgate.Unit.Storage;

/// <summary>The database products that storage tests run on: all of them in ./dev test --all, else the embedded one.</summary>
public static class Products
{
    public const string Sqlite = "sqlite";

    /// <summary>MariaDB with a database of today's character set; without this the server makes them as latin1, as old installations are.</summary>
    public const string Utf8MariaDb = "mariadb, utf8mb4";

    public static TheoryData<string> All =>
        Tier.IsAll
            ? [Sqlite, DatabaseServer.PostgreSql, DatabaseServer.MariaDb, Utf8MariaDb]
            : [Sqlite];

    /// <summary>Those that are servers; a theory needs data in every tier, so that they are skipped where none was started.</summary>
    public static TheoryData<string> Servers => [DatabaseServer.PostgreSql, DatabaseServer.MariaDb];

    /// <summary>Skips a test whose product is a server that is not there.</summary>
    internal static void Need(string product)
    {
        if (product != Sqlite)
        {
            ServerOf(product);
        }
    }

    /// <summary>The server of a product; a missing one skips the test, except where everything must be there.</summary>
    internal static DatabaseServer ServerOf(string product)
    {
        if (DatabaseServer.Find(product == Utf8MariaDb ? DatabaseServer.MariaDb : product) is { } server)
        {
            return server;
        }

        if (Environment.GetEnvironmentVariable("TOLLGATE_CI") is { Length: > 0 })
        {
            throw new InvalidOperationException($"{product} is not installed, and must be for continuous integration.");
        }

        Assert.Skip($"{product} was not started for this run; ./dev test --all starts it where it is installed");
        return null!;
    }

    /// <summary>Where a database of a server is.</summary>
    internal static ServerAddress AddressOf(DatabaseServer server, string database) => new()
    {
        Host = server.Host,
        Port = server.Port,
        Name = database,
        User = server.User,
        Password = server.Password,
    };

    internal static Dialect DialectOf(string product, ServerAddress address) =>
        product == DatabaseServer.PostgreSql ? new PostgreSqlDialect(address) : new MySqlDialect(address);
}
