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

    /// <summary>In bytes.</summary>
    public int DefinitionLimit => DefinitionLimitMegabytes * 1024 * 1024;
}
