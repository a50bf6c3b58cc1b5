using Tollgate.Server.Configuration;
using Tollgate.Server.Options;
using Tollgate.Storage.Dialects;
using Tollgate.Storage.MySql;

namespace Tollgate.Server.Databases;

/// <summary>Makes the dialect that a database's settings ask for.</summary>
internal static class DatabaseProducts
{
    private const int PostgreSqlPort = 5432;
    private const int MySqlPort = 3306;

    /// <param name="options">The settings.</param>
    /// <param name="name">apim_db or shared_db.</param>
    /// <param name="home">The home folder, for the embedded database.</param>
    public static Dialect Of(OneDatabase options, string name, string home)
    {
        switch (options.Type.ToLowerInvariant())
        {
            case "h2" or "sqlite":
                return new SqliteDialect(FileOf(options, name, home));
            case "postgre" or "postgres" or "postgresql":
                var postgres = UrlOf(options, name, "postgresql");
                return new PostgreSqlDialect(AddressOf(options, name, postgres, PostgreSqlPort, home), postgres?["currentSchema"] ?? "");
            case "mysql" or "mariadb":
                var mysql = UrlOf(options, name, "mysql", "mariadb");
                return new MySqlDialect(AddressOf(options, name, mysql, MySqlPort, home), mysql?["allowPublicKeyRetrieval"] == "true");
            default:
                throw new ConfigurationException(
                    $"database.{name}.type '{options.Type}' is not one of h2, sqlite, postgre, postgresql, mysql and mariadb.");
        }
    }

    public static string FileOf(OneDatabase options, string name, string home) =>
        Path.Combine(home, options.File.Length > 0 ? options.File : $"repository/database/{name}.db");

    private static JdbcUrl? UrlOf(OneDatabase options, string name, params string[] products)
    {
        if (options.Url.Length == 0)
        {
            return null;
        }

        return JdbcUrl.Read(options.Url) is { } url && products.Contains(url.Product)
            ? url
            : throw new ConfigurationException(
                $"database.{name}.url must look like jdbc:{products[0]}://host:port/name, because database.{name}.type is '{options.Type}'.");
    }

    private static ServerAddress AddressOf(OneDatabase options, string name, JdbcUrl? url, int usualPort, string home)
    {
        var port = url?.Port is > 0 and var written ? written : url is null && options.Port > 0 ? options.Port : usualPort;
        return new ServerAddress
        {
            Host = url?.Host ?? options.HostName,
            Port = port,
            Name = Need(url?.Name ?? options.Name, $"database.{name}.name", "the database on the server"),
            User = Need(options.User.Length > 0 ? options.User : url?["user"] ?? "", $"database.{name}.username", "the user of the database"),
            Password = options.Password.Length > 0 ? options.Password : url?["password"] ?? "",
            Protection = ProtectionOf(options, name) ?? url?.Protection ?? Protection.Preferred,
            AuthorityFile = AuthorityFileOf(options, url, name, home),
            MostConnections = options.MostConnections,
            LeastConnections = options.LeastConnections,
            LongestWait = options.LongestWait,
        };
    }

    private static Protection? ProtectionOf(OneDatabase options, string name) => options.SslMode.Length == 0
        ? null
        : JdbcUrl.ProtectionOf(options.SslMode) ?? throw new ConfigurationException(
            $"database.{name}.ssl_mode '{options.SslMode}' is not one of disable, prefer, require, verify-ca and verify-full.");

    private static string AuthorityFileOf(OneDatabase options, JdbcUrl? url, string name, string home)
    {
        var file = options.SslRootCertificate.Length > 0 ? options.SslRootCertificate : url?["sslrootcert"] ?? "";
        if (file.Length == 0)
        {
            return "";
        }

        var path = Path.Combine(home, file);
        return File.Exists(path) ? path : throw new ConfigurationException($"database.{name}.ssl_root_certificate: there is no file {path}.");
    }

    private static string Need(string value, string key, string what) => value.Length > 0
        ? value
        : throw new ConfigurationException($"{key} is missing: it names {what}.");
}
