namespace Tollgate.Model;

/// <summary>A consumer's client: it owns credentials and subscriptions.</summary>
public sealed record Application
{
    public required string Id { get; init; }

    public required string Organization { get; init; }

    public required string Name { get; init; }

    /// <summary>User name of the owner.</summary>
    public required string Owner { get; init; }

    /// <summary>Name of the application throttling policy.</summary>
    public required string ThrottlingPolicy { get; init; }

    public string? Description { get; init; }

    /// <summary>What the token endpoint gives it: JWT, or <see cref="OpaqueTokens"/>.</summary>
    public string TokenType { get; init; } = "JWT";

    public string Status { get; init; } = Approved;

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>Groups whose members see and use the application.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Per subject the Unix millisecond at which his count under the policy was started anew.</summary>
    public IReadOnlyDictionary<string, long> ThrottleResets { get; init; } = new Dictionary<string, long>();

    /// <summary>Unix time in milliseconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>Unix time in milliseconds.</summary>
    public long UpdatedAt { get; init; }

    public long RowVersion { get; init; }

    /// <summary>The token type of the field for opaque tokens.</summary>
    public const string OpaqueTokens = "OAUTH";

    /// <summary>The status in which an application may be used.</summary>
    public const string Approved = "APPROVED";

    /// <summary>The status while its deletion waits for approval: it is used as before.</summary>
    public const string DeletePending = "DELETE_PENDING";

    /// <summary>The status while a change waits for approval: it is used as it was.</summary>
    public const string UpdatePending = "UPDATE_PENDING";

    /// <summary>The status after a change was rejected: it is used as it was.</summary>
    public const string UpdateRejected = "UPDATE_REJECTED";

    /// <summary>True from approval until deletion.</summary>
    public static bool MayBeUsed(string status) => status == DeletePending || TakesMore(status);

    /// <summary>True while it gets new keys and subscriptions.</summary>
    public static bool TakesMore(string status) => status is Approved or UpdatePending or UpdateRejected;

    public static string CheckName(string? name) =>
        string.IsNullOrEmpty(name) || name.Length > 100 || name != name.Trim() || name.Any(c => char.IsControl(c) || "~!@#;%^*()+={}|<>\"',\\/".Contains(c))
            ? throw Refusal.BadRequest(
                "An application name has 1 to 100 characters, no spaces at its ends and none of ~!@#;%^*()+={}|<>\"',\\/.").At("name")
            : name;
}
