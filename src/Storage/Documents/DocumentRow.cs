using Tollgate.Model;

namespace Tollgate.Storage.Documents;

/// <summary>A row of documents as the driver fills it.</summary>
internal sealed record DocumentRow
{
    public const string Columns =
        "id, api_id, name, kind, other_kind, summary, source, source_url, visibility, file_name, created_by, created_at, updated_by, updated_at, "
        + "row_version";

    public string Id { get; init; } = "";

    public string ApiId { get; init; } = "";

    public string Name { get; init; } = "";

    public string Kind { get; init; } = "";

    public string? OtherKind { get; init; }

    public string? Summary { get; init; }

    public string Source { get; init; } = "";

    public string? SourceUrl { get; init; }

    public string Visibility { get; init; } = "";

    public string? FileName { get; init; }

    public string CreatedBy { get; init; } = "";

    public long CreatedAt { get; init; }

    public string UpdatedBy { get; init; } = "";

    public long UpdatedAt { get; init; }

    public long RowVersion { get; init; }

    public Document ToDocument() => new()
    {
        Id = Id,
        ApiId = ApiId,
        Name = Name,
        Type = EnumText<DocumentType>.Parse(Kind),
        OtherTypeName = OtherKind,
        Summary = Summary,
        Source = EnumText<DocumentSource>.Parse(Source),
        SourceUrl = SourceUrl,
        Visibility = EnumText<DocumentVisibility>.Parse(Visibility),
        FileName = FileName,
        CreatedBy = CreatedBy,
        CreatedAt = CreatedAt,
        UpdatedBy = UpdatedBy,
        UpdatedAt = UpdatedAt,
        RowVersion = RowVersion,
    };

    public static object Arguments(Document document) => new
    {
        document.Id, document.ApiId, document.Name, nameKey = NameKey.Of(document.Name), kind = EnumText<DocumentType>.Of(document.Type),
        otherKind = document.OtherTypeName, document.Summary, source = EnumText<DocumentSource>.Of(document.Source), document.SourceUrl,
        visibility = EnumText<DocumentVisibility>.Of(document.Visibility), document.FileName, document.CreatedBy, document.CreatedAt,
        document.UpdatedBy, document.UpdatedAt, document.RowVersion,
    };
}
