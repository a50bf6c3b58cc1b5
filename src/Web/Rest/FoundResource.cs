using System.Text.Json.Serialization;
using Tollgate.Model;
using Tollgate.Model.Search;

namespace Tollgate.Web.Rest;

/// <summary>A result of a search over everything: an API, a definition or a document.</summary>
public abstract record FoundResource
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Type { get; init; }

    public string? TransportType { get; init; }

    /// <summary>Publishers see it.</summary>
    public string? CreatedTime { get; init; }

    /// <summary>Publishers see it.</summary>
    public string? UpdatedTime { get; init; }

    /// <summary>What the contract calls an API in results.</summary>
    public static string KindOf(Api api) => api.IsProduct ? "APIProduct" : "API";
}

/// <summary>Something of an API that was found.</summary>
public abstract record FoundPart : FoundResource
{
    public string? ApiName { get; init; }

    public string? ApiDisplayName { get; init; }

    public string? ApiVersion { get; init; }

    [JsonPropertyName("apiUUID")]
    public string? ApiId { get; init; }

    public string? ApiProvider { get; init; }

    public string? AssociatedType { get; init; }
}

/// <summary>A definition that was found.</summary>
public sealed record FoundDefinitionResource : FoundPart
{
    public string? ApiContext { get; init; }

    public string? ApiType { get; init; }

    public static FoundDefinitionResource Of(Api api) => new()
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
        AssociatedType = KindOf(api),
    };
}

/// <summary>A document that was found.</summary>
public sealed record FoundDocumentResource : FoundPart
{
    public string? DocType { get; init; }

    public string? OtherTypeName { get; init; }

    public string? Summary { get; init; }

    public string? SourceType { get; init; }

    public string? SourceUrl { get; init; }

    public string? Visibility { get; init; }

    public static FoundDocumentResource Of(string id, FoundDocument document, Api api) => new()
    {
        Id = id,
        Name = document.Name,
        Type = "DOC",
        TransportType = api.Design.Type,
        DocType = document.DocType,
        OtherTypeName = document.OtherTypeName,
        Summary = document.Summary,
        SourceType = document.SourceType,
        SourceUrl = document.SourceUrl,
        Visibility = document.Visibility,
        ApiName = api.Name,
        ApiDisplayName = api.Design.DisplayName,
        ApiVersion = api.Version,
        ApiProvider = api.Provider,
        ApiId = api.Id,
        AssociatedType = KindOf(api),
    };
}
