using Tollgate.Model;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Describe;

/// <summary>A document as the REST contract shows it; read-only fields are accepted and ignored.</summary>
internal sealed record DocumentResource
{
    public string? DocumentId { get; init; }

    public required string Name { get; init; }

    public required DocumentType Type { get; init; }

    public string? Summary { get; init; }

    public required DocumentSource SourceType { get; init; }

    public string? SourceUrl { get; init; }

    public string? FileName { get; init; }

    /// <summary>Accepted where the content is a text; never sent, because the content has an address of its own.</summary>
    public string? InlineContent { get; init; }

    public string? OtherTypeName { get; init; }

    public required DocumentVisibility Visibility { get; init; }

    public string? CreatedTime { get; init; }

    public string? CreatedBy { get; init; }

    public string? LastUpdatedTime { get; init; }

    public string? LastUpdatedBy { get; init; }

    public static DocumentResource Of(Document document) => new()
    {
        DocumentId = document.Id,
        Name = document.Name,
        Type = document.Type,
        Summary = document.Summary,
        SourceType = document.Source,
        SourceUrl = document.SourceUrl,
        FileName = document.FileName,
        OtherTypeName = document.OtherTypeName,
        Visibility = document.Visibility,
        CreatedTime = RestTime.DateTime(document.CreatedAt),
        CreatedBy = document.CreatedBy,
        LastUpdatedTime = RestTime.DateTime(document.UpdatedAt),
        LastUpdatedBy = document.UpdatedBy,
    };
}
