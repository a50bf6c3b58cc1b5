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
                RefuseOtherUrl(options, name);
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

    /// <summary>True when other nodes may use it as well.</summary>
    public static bool IsServer(OneDatabase options) => options.Type.ToLowerInvariant() is not ("h2" or "sqlite");

    public static string FileOf(OneDatabase options, string name, string home) =>
        Path.Combine(home, options.File.Length > 0 ? options.File : $"repository/database/{name}.db");

    // The field's files name the file of their own embedded database here; ours is another one, and stands where `file` says.
    private static void RefuseOtherUrl(OneDatabase options, string name)
    {
        if (options.Url.Length > 0 && !options.Url.StartsWith("jdbc:h2:", StringComparison.Ordinal))
        {
            throw new ConfigurationException($"database.{name}.url is not of the embedded database, which database.{name}.type = '{options.Type}' asks for.");
        }
    }

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
        var protection = ProtectionOf(options, url, name);
        var port = url?.Port is > 0 and var written ? written : url is null && options.Port > 0 ? options.Port : usualPort;
        return new ServerAddress
        {
            Host = url?.Host ?? options.HostName,
            Port = port,
            Name = Need(url?.Name ?? options.Name, $"database.{name}.name", "the database on the server"),
            User = Need(options.User.Length > 0 ? options.User : url?["user"] ?? "", $"database.{name}.username", "the user of the database"),
            Password = options.Password.Length > 0 ? options.Password : url?["password"] ?? "",
            Protection = protection,
            AuthorityFile = AuthorityFileOf(options, url, protection, name, home),
            MostConnections = options.MostConnections,
            LeastConnections = options.LeastConnections,
            LongestWait = options.LongestWait,
        };
    }

    private static Protection ProtectionOf(OneDatabase options, JdbcUrl? url, string name)
    {
        var (key, mode) = options.SslMode.Length > 0 ? ("ssl_mode", options.SslMode) : ("url: sslmode", url?["sslmode"] ?? "");
        return mode.Length == 0
            ? url?.Protection ?? Protection.Preferred
            : JdbcUrl.ProtectionOf(mode) ?? throw new ConfigurationException(
                $"database.{name}.{key} '{mode}' is not one of disable, prefer, require, verify-ca and verify-full.");
    }

    private static string AuthorityFileOf(OneDatabase options, JdbcUrl? url, Protection protection, string name, string home)
    {
        var file = options.SslRootCertificate.Length > 0 ? options.SslRootCertificate : url?["sslrootcert"] ?? "";
        if (file.Length == 0)
        {
            return "";
        }

        if (protection is not (Protection.VerifyAuthority or Protection.VerifyHost))
        {
            throw new ConfigurationException(
                $"database.{name}.ssl_root_certificate is looked at with ssl_mode verify-ca or verify-full only; set database.{name}.ssl_mode to one of them.");
        }

        var path = Path.Combine(home, file);
        return File.Exists(path) ? path : throw new ConfigurationException($"database.{name}.ssl_root_certificate: there is no file {path}.");
    }

    private static string Need(string value, string key, string what) => value.Length > 0
        ? value
        : throw new ConfigurationException($"{key} is missing: it names {what}.");
}
