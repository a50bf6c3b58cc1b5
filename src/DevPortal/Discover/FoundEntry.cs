using System.Text.Json.Serialization;
using Tollgate.Model;
using Tollgate.Storage.Search;

namespace Tollgate.DevPortal.Discover;

/// <summary>A result of the search over everything, as the REST contract shows it: an API, a definition or a document.</summary>
internal abstract record FoundEntry
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Type { get; init; }

    public string? TransportType { get; init; }

    public static object Of(SearchHit hit) => hit switch
    {
        { Kind: SearchKind.Document, Document: { } document } => FoundDocumentEntry.Of(hit, document),
        { Kind: SearchKind.Definition } => FoundDefinitionEntry.Of(hit.Api),
        _ => FoundApiEntry.Of(hit.Api),
    };
}

/// <summary>An API that was found.</summary>
internal sealed record FoundApiEntry : FoundEntry
{
    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    public string? Context { get; init; }

    public string? Version { get; init; }

    public string? Provider { get; init; }

    public string? Status { get; init; }

    public BusinessInformation? BusinessInformation { get; init; }

    public static FoundApiEntry Of(Api api) => new()
    {
        Id = api.Id,
        Name = api.Name,
        Type = api.IsProduct ? "APIProduct" : "API",
        TransportType = api.Design.Type,
        DisplayName = api.Design.DisplayName,
        Description = api.Design.Description,
        Context = api.ServedContext,
        Version = api.Version,
        Provider = api.Provider,
        Status = EnumText<LifecycleState>.Of(api.State),
        BusinessInformation = api.Design.BusinessInformation,
    };
}

/// <summary>A definition that was found.</summary>
internal sealed record FoundDefinitionEntry : FoundEntry
{
    public string? ApiName { get; init; }

    public string? ApiDisplayName { get; init; }

    public string? ApiVersion { get; init; }

    public string? ApiContext { get; init; }

    [JsonPropertyName("apiUUID")]
    public string? ApiId { get; init; }

    public string? ApiProvider { get; init; }

    public string? ApiType { get; init; }

    public string? AssociatedType { get; init; }

    public static FoundDefinitionEntry Of(Api api) => new()
    {
        Id = api.Id,
        Name = api.Name,
        Type = "DEFINITION",
        TransportType = api.Design.Type,
        ApiName = api.Name,
        ApiDisplayName = api.Design.DisplayName,
        ApiVersion = api.Version,
        ApiContext = api.ServedContext,
        ApiId = api.Id,
        ApiProvider = api.Provider,
        ApiType = api.Design.Type,
        AssociatedType = "API",
    };
}

/// <summary>A document that was found.</summary>
internal sealed record FoundDocumentEntry : FoundEntry
{
    public string? DocType { get; init; }

    public string? OtherTypeName { get; init; }

    public string? Summary { get; init; }

    public string? SourceType { get; init; }

    public string? SourceUrl { get; init; }

    public string? Visibility { get; init; }

    public string? ApiName { get; init; }

    public string? ApiDisplayName { get; init; }

    public string? ApiVersion { get; init; }

    public string? ApiProvider { get; init; }

    [JsonPropertyName("apiUUID")]
    public string? ApiId { get; init; }

    public string? AssociatedType { get; init; }

    public static FoundDocumentEntry Of(SearchHit hit, FoundDocument document) => new()
    {
        Id = hit.Id,
        Name = document.Name,
        Type = "DOC",
        TransportType = hit.Api.Design.Type,
        DocType = document.DocType,
        OtherTypeName = document.OtherTypeName,
        Summary = document.Summary,
        SourceType = document.SourceType,
        SourceUrl = document.SourceUrl,
        Visibility = document.Visibility,
        ApiName = hit.Api.Name,
        ApiDisplayName = hit.Api.Design.DisplayName,
        ApiVersion = hit.Api.Version,
        ApiProvider = hit.Api.Provider,
        ApiId = hit.Api.Id,
        AssociatedType = "API",
    };
}
