namespace Tollgate.Storage.Dialects;

/// <summary>How much a connection to a database server is protected.</summary>
public enum Protection
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Encrypted if the server can.</summary>
    Preferred,

    /// <summary>Encrypted, or no connection.</summary>
    Required,

    /// <summary>Encrypted, and the certificate comes from a trusted authority.</summary>
    VerifyAuthority,

    /// <summary>Encrypted, and the certificate is this host's from a trusted authority.</summary>
    VerifyHost,
}

/// <summary>Where a database is and how to reach it.</summary>
public sealed record ServerAddress
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>Name of the database.</summary>
    public required string Name { get; init; }

    public required string User { get; init; }

    public required string Password { get; init; }

    public Protection Protection { get; init; } = Protection.Preferred;

    /// <summary>PEM file with the authority of the server's certificate; empty trusts those of the operating system.</summary>
    public string AuthorityFile { get; init; } = "";

    /// <summary>Most connections that are open at a time.</summary>
    public int MostConnections { get; init; } = 50;

    /// <summary>Connections that are kept open when there is nothing to do.</summary>
    public int LeastConnections { get; init; }

    /// <summary>How long a caller waits for a free connection.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The password must never reach a log.</summary>
    public override string ToString() => $"{User}@{Host}:{Port}/{Name}";
}
