namespace Tollgate.Databases;

/// <summary>A fresh database on a server, dropped with the test.</summary>
/// <remarks>The MariaDB server makes databases as latin1, as old installations do.</remarks>
public sealed class TestDatabase : IDisposable
{
    private TestDatabase(DatabaseServer server, string name)
    {
        Server = server;
        Name = name;
    }

    public DatabaseServer Server { get; }

    public string Name { get; }

    /// <param name="server">Where.</param>
    /// <param name="options">What follows the name in CREATE DATABASE.</param>
    public static TestDatabase Create(DatabaseServer server, string options = "")
    {
        var name = "test_" + Guid.NewGuid().ToString("n");
        server.Execute(Anywhere(server), $"CREATE DATABASE {name} {options}");
        return new TestDatabase(server, name);
    }

    /// <summary>The table of deployment.toml that points a node at it.</summary>
    public string Toml(string table) =>
        $"""
        [database.{table}]
        type = "{Server.Product}"
        hostname = "{Server.Host}"
        port = {Server.Port}
        name = "{Name}"
        username = "{Server.User}"
        password = "{Server.Password}"

        """;

    public void Dispose() => Server.Execute(
        Anywhere(Server), Server.Product == DatabaseServer.PostgreSql ? $"DROP DATABASE {Name} WITH (FORCE)" : $"DROP DATABASE {Name}");

    // MySQL needs no database to be in.
    private static string Anywhere(DatabaseServer server) => server.Product == DatabaseServer.PostgreSql ? "postgres" : "";
}
