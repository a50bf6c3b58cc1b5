using System.Data.Common;
using System.Globalization;
using MySqlConnector;
using Npgsql;

namespace Tollgate.Databases;

/// <summary>A database server that eng/databases.sh started for the tests.</summary>
/// <param name="Product">postgresql or mariadb.</param>
/// <param name="Host">Its address.</param>
/// <param name="Port">Its port.</param>
/// <param name="User">A user who may do everything.</param>
/// <param name="Password">His password.</param>
public sealed record DatabaseServer(string Product, string Host, int Port, string User, string Password)
{
    public const string PostgreSql = "postgresql";
    public const string MariaDb = "mariadb";

    /// <summary>The server of a product; null when the script did not start one.</summary>
    public static DatabaseServer? Find(string product) =>
        Environment.GetEnvironmentVariable(Variable(product)) is { Length: > 0 } text ? Read(product, text) : null;

    /// <summary>A file of the folder in which the script keeps its servers; null when others started them.</summary>
    public static string? FileOf(string name) =>
        Environment.GetEnvironmentVariable("TOLLGATE_TEST_SERVERS") is { Length: > 0 } folder ? Path.Combine(folder, name) : null;

    /// <summary>The product that whole-program tests are to run on; null means the embedded database.</summary>
    public static DatabaseServer? Asked() => Environment.GetEnvironmentVariable("TOLLGATE_TEST_DATABASE") is { Length: > 0 } product
        ? Find(product) ?? throw new InvalidOperationException($"TOLLGATE_TEST_DATABASE is {product}, but there is no such server.")
        : null;

    /// <summary>Runs statements that have no rows, as the user who may do everything.</summary>
    public void Execute(string database, params string[] statements)
    {
        using var connection = Connect(database);
        connection.Open();
        foreach (var statement in statements)
        {
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            command.CommandTimeout = 60;
            command.ExecuteNonQuery();
        }
    }

    /// <summary>The first value of a query's first row.</summary>
    public object? Ask(string database, string query)
    {
        using var connection = Connect(database);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return command.ExecuteScalar();
    }

    /// <summary>Holds the rows that a query locks until disposed.</summary>
    public IDisposable Lock(string database, string query)
    {
        var connection = Connect(database);
        connection.Open();
        var command = connection.CreateCommand();
        // The transaction ends with the connection.
        command.Transaction = connection.BeginTransaction();
        command.CommandText = query;
        command.ExecuteScalar();
        return connection;
    }

    internal static string Variable(string product) => "TOLLGATE_TEST_" + product.ToUpperInvariant();

    internal static DatabaseServer Read(string product, string text) => text.Split(':') is [var host, var port, var user, var password]
        ? new DatabaseServer(product, host, int.Parse(port, CultureInfo.InvariantCulture), user, password)
        : throw new InvalidOperationException($"{Variable(product)} must be HOST:PORT:USER:PASSWORD.");

    private DbConnection Connect(string database) => Product == PostgreSql
        ? new NpgsqlConnection($"Host={Host};Port={Port};Username={User};Password={Password};Database={database};Pooling=false")
        : new MySqlConnection($"Server={Host};Port={Port};User ID={User};Password={Password};Database={database};Pooling=false");
}
