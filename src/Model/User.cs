namespace Tollgate.Model;

/// <summary>A person who signs in.</summary>
public sealed record User
{
    public required string Id { get; init; }

    public required string Organization { get; init; }

    public required string Name { get; init; }

    /// <summary>PBKDF2 hash in the format of ASP.NET Core Identity.</summary>
    public required string PasswordHash { get; init; }

    /// <summary>Set by an administrator; a locked user cannot sign in and his tokens are refused.</summary>
    public bool Locked { get; init; }

    /// <summary>Wrong passwords in a row.</summary>
    public int FailedSignIns { get; init; }

    /// <summary>No sign-in before this Unix time in milliseconds (too many wrong passwords).</summary>
    public long PausedUntil { get; init; }

    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>What is known of the user beside his name: e-mail address, names, groups.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>Unix time in milliseconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>Unix time in milliseconds; 0 when it is still the first password. Authorizations from before it have ended.</summary>
    public long PasswordChangedAt { get; init; }

    public long RowVersion { get; init; }

    /// <summary>How tokens name the user (<c>sub</c>).</summary>
    public string Subject => SubjectOf(Name, Organization);

    public static string SubjectOf(string name, string organization) => $"{name}@{organization}";

    /// <summary>A user name ends up in the token's subject and in URLs of reports: one spelling, no separators.</summary>
    public static string CheckName(string? name) =>
        name is { Length: >= 1 and <= 100 } && name.All(c => char.IsAsciiLetterOrDigit(c) || "._-@+".Contains(c))
            ? name
            : throw Refusal.BadRequest("A user name has 1 to 100 letters, digits and . _ - @ +.").At("username");
}

/// <summary>A named set of permissions; permissions are REST scopes.</summary>
public sealed record Role
{
    /// <summary>Held by everybody who is signed in, without being assigned.</summary>
    public const string Everyone = "Internal/everyone";

    /// <summary>Held alone by somebody whose account waits for approval; it opens nothing.</summary>
    public const string PendingSignUp = "Internal/selfsignup";

    public required string Id { get; init; }

    public required string Organization { get; init; }

    public required string Name { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public long RowVersion { get; init; }
}
