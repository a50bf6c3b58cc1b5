using System.Globalization;
using System.Text.RegularExpressions;
using Tollgate.Storage.Dialects;

namespace Tollgate.Server.Databases;

/// <summary>A JDBC address, as the field's configuration files have them.</summary>
/// <param name="Product">postgresql, mysql or mariadb.</param>
/// <param name="Host">Host name or address.</param>
/// <param name="Port">The port; 0 when none is written.</param>
/// <param name="Name">Name of the database.</param>
/// <param name="Parameters">What follows the question mark; names ignore case.</param>
internal sealed partial record JdbcUrl(
    string Product, string Host, int Port, string Name, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>Reads an address; null when it is none of a product that is supported.</summary>
    public static JdbcUrl? Read(string url)
    {
        // Older files are written for XML.
        var match = Form().Match(url.Replace("&amp;", "&", StringComparison.Ordinal).Trim());
        if (!match.Success
            || !int.TryParse("0" + match.Groups["port"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port > ushort.MaxValue)
        {
            return null;
        }

        var name = Uri.UnescapeDataString(match.Groups["name"].Value);
        return name.Any(char.IsControl) ? null : new JdbcUrl(
            match.Groups["product"].Value, match.Groups["host"].Value.Trim('[', ']'), port, name, ParametersOf(match.Groups["parameters"].Value));
    }

    public string? this[string parameter] => Parameters.GetValueOrDefault(parameter);

    /// <summary>How the older parameters ask for the connection to be protected; null when they say nothing.</summary>
    /// <remarks>PostgreSQL's driver for Java takes ssl=true for verify-full (jdbc.postgresql.org/documentation/ssl).</remarks>
    public Protection? Protection => Product == "postgresql" && IsTrue("ssl") ? Storage.Dialects.Protection.VerifyHost
        : IsTrue("ssl") || IsTrue("useSSL") || IsTrue("requireSSL")
            ? IsTrue("verifyServerCertificate") ? Storage.Dialects.Protection.VerifyAuthority : Storage.Dialects.Protection.Required
        : this["useSSL"] is not null || this["ssl"] is not null ? Storage.Dialects.Protection.None
        : null;

    /// <summary>The names that PostgreSQL, MySQL and MariaDB have for the same five modes; null for an unknown one.</summary>
    public static Protection? ProtectionOf(string mode) => mode.Replace('_', '-').ToLowerInvariant() switch
    {
        "disable" or "disabled" => Storage.Dialects.Protection.None,
        "allow" or "prefer" or "preferred" => Storage.Dialects.Protection.Preferred,
        "require" or "required" or "trust" => Storage.Dialects.Protection.Required,
        "verify-ca" => Storage.Dialects.Protection.VerifyAuthority,
        "verify-full" or "verify-identity" => Storage.Dialects.Protection.VerifyHost,
        _ => null,
    };

    private bool IsTrue(string parameter) => string.Equals(this[parameter], "true", StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, string> ParametersOf(string text)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            parameters[equals < 0 ? pair : pair[..equals]] = equals < 0 ? "true" : Uri.UnescapeDataString(pair[(equals + 1)..]);
        }

        return parameters;
    }

    [GeneratedRegex(
        @"\Ajdbc:(?<product>postgresql|mysql|mariadb)://(?<host>\[[0-9A-Fa-f:.]+\]|[\w.-]+)(:(?<port>[0-9]{1,5}))?/(?<name>[^?/]+)(\?(?<parameters>.*))?\z")]
    private static partial Regex Form();
}
