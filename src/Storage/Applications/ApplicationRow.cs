using Tollgate.Model;

namespace Tollgate.Storage.Applications;

/// <summary>A row of applications as the driver fills it.</summary>
internal sealed record ApplicationRow
{
    public const string Columns =
        """
        id, organization, name, owner, policy, description, token_type, status, attributes, shared_with, throttle_resets, created_at, updated_at,
        row_version
        """;

    /// <summary>One page of a list: it is found in an index, and only its rows are read.</summary>
    public static async Task<IEnumerable<Application>> PageAsync(Transaction db, string where, string orderBy, object arguments) =>
        (await db.ListAsync<ApplicationRow>(
            $"""
            SELECT {Columns} FROM applications
            JOIN (SELECT id AS page_id FROM applications WHERE {where} ORDER BY {orderBy} LIMIT @limit OFFSET @offset) page ON page.page_id = id
            ORDER BY {orderBy}
            """,
            arguments)).Select(row => row.ToApplication());

    public string Id { get; init; } = "";

    public string Organization { get; init; } = "";

    public string Name { get; init; } = "";

    public string Owner { get; init; } = "";

    public string Policy { get; init; } = "";

    public string? Description { get; init; }

    public string TokenType { get; init; } = "";

    public string Status { get; init; } = "";

    public string Attributes { get; init; } = "";

    public string? SharedWith { get; init; }

    public string? ThrottleResets { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    public long RowVersion { get; init; }

    public Application ToApplication() => new()
    {
        Id = Id,
        Organization = Organization,
        Name = Name,
        Owner = Owner,
        ThrottlingPolicy = Policy,
        Description = Description,
        TokenType = TokenType,
        Status = Status,
        Attributes = ModelJson.Read<IReadOnlyDictionary<string, string>>(Attributes),
        Groups = SharedWith is null ? [] : ModelJson.Read<IReadOnlyList<string>>(SharedWith),
        ThrottleResets = ThrottleResets is null
            ? new Dictionary<string, long>()
            : ModelJson.Read<IReadOnlyDictionary<string, long>>(ThrottleResets),
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
        RowVersion = RowVersion,
    };
}
