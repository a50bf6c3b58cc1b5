using System.ComponentModel.DataAnnotations;
using Tollgate.Model.Settings;

namespace Tollgate.Server.Options;

/// <summary>Settings of the databases.</summary>
internal sealed record DatabaseOptions
{
    [Setting("database.apim_db", "API data.")]
    public OneDatabase Apim { get; init; } = new();

    [Setting("database.shared_db", "Users, roles and shared keys. May be the same database as apim_db.")]
    public OneDatabase Shared { get; init; } = new();
}

/// <summary>Settings of one database.</summary>
internal sealed record OneDatabase
{
    [Setting("type", "h2 or sqlite (the embedded database), postgre or postgresql, mysql or mariadb.")]
    public string Type { get; init; } = "h2";

    [Setting("file", "File of the embedded database; relative to the home folder. Empty takes repository/database.")]
    public string File { get; init; } = "";

    [Setting("hostname", "Host of the database server.")]
    public string HostName { get; init; } = "localhost";

    [Range(0, 65_535)]
    [Setting("port", "Port of the database server; 0 takes the product's usual one.")]
    public int Port { get; init; }

    [Setting("name", "Name of the database on the server; it must exist.")]
    public string Name { get; init; } = "";

    [Setting("username", "User of the database; may create tables in it.")]
    public string User { get; init; } = "";

    [Setting("password", "Password of that user.", Secret = true)]
    public string Password { get; init; } = "";

    [Setting("url", "JDBC address (jdbc:postgresql:, jdbc:mysql:, jdbc:mariadb:) in place of hostname, port and name.", Secret = true)]
    public string Url { get; init; } = "";

    [Setting("ssl_mode", "disable, prefer, require, verify-ca or verify-full. Empty takes what the url says, else prefer.")]
    public string SslMode { get; init; } = "";

    [Setting(
        "ssl_root_certificate",
        "PEM file with the authority of the server's certificate, for verify-ca and verify-full; empty trusts the operating system's.")]
    public string SslRootCertificate { get; init; } = "";

    [Range(2, 1000)]
    [Setting("pool_options.maxActive", "Most connections that this node opens.", Aliases = ["pool_options.max_active"])]
    public int MostConnections { get; init; } = 50;

    [Range(0, 1000)]
    [Setting("pool_options.minIdle", "Connections that are kept open when there is nothing to do.", Aliases = ["pool_options.min_idle"])]
    public int LeastConnections { get; init; }

    [Setting(
        "pool_options.maxWait", "How long a request waits for a free connection before it is answered 503.", Unit = "ms",
        Aliases = ["pool_options.max_wait"])]
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(60);
}
