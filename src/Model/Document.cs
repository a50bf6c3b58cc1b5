using System.Text.Json.Serialization;

namespace Tollgate.Model;

/// <summary>What a document is about.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DocumentType>))]
public enum DocumentType
{
    [JsonStringEnumMemberName("HOWTO")] HowTo,
    [JsonStringEnumMemberName("SAMPLES")] Samples,
    [JsonStringEnumMemberName("PUBLIC_FORUM")] PublicForum,
    [JsonStringEnumMemberName("SUPPORT_FORUM")] SupportForum,
    [JsonStringEnumMemberName("API_MESSAGE_FORMAT")] MessageFormat,
    [JsonStringEnumMemberName("SWAGGER_DOC")] Swagger,
    [JsonStringEnumMemberName("OTHER")] Other,
}

/// <summary>Where a document's content is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DocumentSource>))]
public enum DocumentSource
{
    [JsonStringEnumMemberName("INLINE")] Inline,
    [JsonStringEnumMemberName("MARKDOWN")] Markdown,
    [JsonStringEnumMemberName("URL")] Url,
    [JsonStringEnumMemberName("FILE")] File,
}

/// <summary>Who may read a document.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DocumentVisibility>))]
public enum DocumentVisibility
{
    /// <summary>Whoever may see the API.</summary>
    [JsonStringEnumMemberName("API_LEVEL")] Api,

    /// <summary>Whoever may see the API and is signed in.</summary>
    [JsonStringEnumMemberName("PRIVATE")] Private,

    /// <summary>Its author.</summary>
    [JsonStringEnumMemberName("OWNER_ONLY")] Owner,
}

/// <summary>A text, link or file that explains an API.</summary>
public sealed record Document
{
    public required string Id { get; init; }

    public required string ApiId { get; init; }

    public required string Name { get; init; }

    public DocumentType Type { get; init; }

    /// <summary>What it is about when the type is "other".</summary>
    public string? OtherTypeName { get; init; }

    public string? Summary { get; init; }

    public DocumentSource Source { get; init; }

    public string? SourceUrl { get; init; }

    public DocumentVisibility Visibility { get; init; }

    /// <summary>How the uploaded file was called: shown, and never used as a path.</summary>
    public string? FileName { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>Unix time in milliseconds.</summary>
    public long CreatedAt { get; init; }

    public required string UpdatedBy { get; init; }

    /// <summary>Unix time in milliseconds.</summary>
    public long UpdatedAt { get; init; }

    public long RowVersion { get; init; }

    /// <summary>The name under which the content is downloaded.</summary>
    public string DownloadName => FileName ?? Name + (Source == DocumentSource.Markdown ? ".md" : ".txt");

    /// <summary>True where the content is a text that is written in the portal.</summary>
    public bool IsText => Source is DocumentSource.Inline or DocumentSource.Markdown;
}

/// <summary>Bytes with the media type under which they are served.</summary>
public sealed record MediaContent(string MediaType, byte[] Bytes);
