using Tollgate.Model.Settings;

namespace Tollgate.Publisher;

/// <summary>Settings of <c>[apim.publisher]</c>.</summary>
public sealed record PublisherOptions
{
    [Setting("apim.publisher.import_definition_file_size_limit.oas", "Largest OpenAPI document that can be imported, in MB.")]
    public int DefinitionLimitMegabytes { get; init; } = 10;

    [Setting("apim.publisher.max_revisions", "How many revisions an API may have.")]
    public int MaxRevisions { get; init; } = 5;

    [Setting("apim.devportal.url", "Address of the developer portal, shown to publishers.")]
    public string DevPortalUrl { get; init; } = "https://${carbon.host}:${mgt.transport.https.port}/devportal";

    [Setting("apim.publisher.document_size_limit", "Largest content of a document, in MB.")]
    public int DocumentLimitMegabytes { get; init; } = 10;

    [Setting("apim.publisher.thumbnail_size_limit", "Largest icon of an API, in KB.")]
    public int ThumbnailLimitKilobytes { get; init; } = 1024;

    [Setting("apim.publisher.enable_api_doc_visibility", "Let authors keep documents to themselves (visibility OWNER_ONLY).")]
    public bool DocumentVisibility { get; init; }

    [Setting("apim.publisher.archive_size_limit", "Largest archive of an API that can be imported, in MB.")]
    public int ArchiveLimitMegabytes { get; init; } = 20;

    /// <summary>In bytes.</summary>
    public int ArchiveLimit => ArchiveLimitMegabytes * 1024 * 1024;

    /// <summary>In bytes.</summary>
    public int DocumentLimit => DocumentLimitMegabytes * 1024 * 1024;

    /// <summary>In bytes.</summary>
    public int ThumbnailLimit => ThumbnailLimitKilobytes * 1024;

    /// <summary>In bytes.</summary>
    public int DefinitionLimit => DefinitionLimitMegabytes * 1024 * 1024;
}
