using Tollgate.Model;

namespace Tollgate.Storage.Users;

/// <summary>A row of users as the driver fills it.</summary>
internal sealed record UserRow
{
    public const string Columns =
        "id, organization, name, password_hash, locked, failed_sign_ins, paused_until, attributes, created_at, password_changed_at, row_version";

    public string Id { get; init; } = "";

    public string Organization { get; init; } = "";

    public string Name { get; init; } = "";

    public string PasswordHash { get; init; } = "";

    public long Locked { get; init; }

    public int FailedSignIns { get; init; }

    public long PausedUntil { get; init; }

    public string? Attributes { get; init; }

    public long CreatedAt { get; init; }

    public long PasswordChangedAt { get; init; }

    public long RowVersion { get; init; }

    public User ToUser(IReadOnlyList<string> roles) => new()
    {
        Id = Id,
        Organization = Organization,
        Name = Name,
        PasswordHash = PasswordHash,
        Locked = Locked != 0,
        FailedSignIns = FailedSignIns,
        PausedUntil = PausedUntil,
        Roles = roles,
        Attributes = Attributes is null
            ? new Dictionary<string, string>()
            : ModelJson.Read<IReadOnlyDictionary<string, string>>(Attributes),
        CreatedAt = CreatedAt,
        PasswordChangedAt = PasswordChangedAt,
        RowVersion = RowVersion,
    };
}
