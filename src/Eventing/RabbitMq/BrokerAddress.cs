namespace Tollgate.Eventing.RabbitMq;

/// <summary>Where a broker listens. User and password are null unless the address has its own.</summary>
internal sealed record BrokerAddress(string Host, int Port, bool Tls, string? User, string? Password)
{
    private const int PlainPort = 5672;
    private const int TlsPort = 5671;

    /// <summary>Without anything secret.</summary>
    public string Name => $"{Host}:{Port}";

    /// <summary>Reads an entry of the setting: the addresses of one broker, or of the nodes of one cluster.</summary>
    /// <exception cref="FormatException">Says what is wrong, without the password.</exception>
    public static IReadOnlyList<BrokerAddress> ReadGroup(string entry, bool tls)
    {
        var addresses = entry.Trim().TrimStart('{').TrimEnd('}').Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return addresses.Length > 0
            ? [.. addresses.Select(address => Read(address, tls))]
            : throw new FormatException("An entry is empty; write an address like tcp://host:5672.");
    }

    private static BrokerAddress Read(string address, bool tls)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            // Whatever it is, it may contain a password.
            throw new FormatException("An entry is not an address; write it like tcp://host:5672.");
        }

        var secure = uri.Scheme.ToLowerInvariant() switch
        {
            "tcp" or "amqp" => tls,
            "ssl" or "tls" or "amqps" => true,
            _ => throw new FormatException(
                $"'{uri.Scheme}' is no way to reach a broker; write tcp://{uri.Host}:{PlainPort}, or ssl://{uri.Host}:{TlsPort} with TLS."),
        };
        var login = uri.UserInfo.Split(':', 2);
        return new BrokerAddress(
            uri.Host, uri.Port > 0 ? uri.Port : secure ? TlsPort : PlainPort, secure,
            uri.UserInfo.Length > 0 ? Uri.UnescapeDataString(login[0]) : null,
            login.Length > 1 ? Uri.UnescapeDataString(login[1]) : null);
    }
}
