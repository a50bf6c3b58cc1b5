using Tollgate.Model;

namespace Tollgate.Storage.Apis;

/// <summary>A row of apis as the driver fills it.</summary>
internal sealed record ApiRow
{
    public const string Columns =
        "id, organization, name, version, context, provider, state, is_default_version, has_thumbnail, design, "
        + "created_at, updated_at, updated_by, row_version";

    public string Id { get; init; } = "";

    public string Organization { get; init; } = "";

    public string Name { get; init; } = "";

    public string Version { get; init; } = "";

    public string Context { get; init; } = "";

    public string Provider { get; init; } = "";

    public string State { get; init; } = "";

    public long IsDefaultVersion { get; init; }

    public long HasThumbnail { get; init; }

    public string Design { get; init; } = "";

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    public string UpdatedBy { get; init; } = "";

    public long RowVersion { get; init; }

    public Api ToApi() => new()
    {
        Id = Id,
        Organization = Organization,
        Name = Name,
        Version = Version,
        Context = Context,
        Provider = Provider,
        State = EnumText<LifecycleState>.Parse(State),
        IsDefaultVersion = IsDefaultVersion != 0,
        HasThumbnail = HasThumbnail != 0,
        Design = ModelJson.Read<ApiDesign>(Design),
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
        UpdatedBy = UpdatedBy,
        RowVersion = RowVersion,
    };
}
