using System.Text.Json.Serialization;
using Tollgate.Model;
using Tollgate.Storage.Search;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Find;

/// <summary>A result of the search over everything, as the REST contract shows it: an API, a definition or a document.</summary>
internal abstract record SearchResource
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Type { get; init; }

    public string? TransportType { get; init; }

    public string? CreatedTime { get; init; }

    public string? UpdatedTime { get; init; }

    public static object Of(SearchHit hit) => hit switch
    {
        { Kind: SearchKind.Document, Document: { } document } => DocumentResult.Of(hit, document),
        { Kind: SearchKind.Definition } => DefinitionResult.Of(hit.Api),
        _ => ApiResult.Of(hit.Api),
    };
}

/// <summary>An API or API product that was found.</summary>
internal sealed record ApiResult : SearchResource
{
    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    public string? Context { get; init; }

    public string? ContextTemplate { get; init; }

    public string? Version { get; init; }

    public string? Provider { get; init; }

    public string? Status { get; init; }

    public bool? AdvertiseOnly { get; init; }

    public string? BusinessOwner { get; init; }

    public string? BusinessOwnerEmail { get; init; }

    // With a capital in the contract, here alone.
    [JsonPropertyName("TechnicalOwner")]
    public string? TechnicalOwner { get; init; }

    [JsonPropertyName("TechnicalOwnerEmail")]
    public string? TechnicalOwnerEmail { get; init; }

    public static ApiResult Of(Api api) => new()
    {
        Id = api.Id,
        Name = api.Name,
        Type = api.IsProduct ? "APIProduct" : "API",
        TransportType = api.Design.Type,
        DisplayName = api.Design.DisplayName,
        Description = api.Design.Description,
        Context = api.ServedContext,
        ContextTemplate = api.IsProduct ? null : api.Context,
        AdvertiseOnly = api.IsProduct ? null : false,
        Version = api.Version,
        Provider = api.Provider,
        Status = EnumText<LifecycleState>.Of(api.State),
        BusinessOwner = api.Design.BusinessInformation?.BusinessOwner,
        BusinessOwnerEmail = api.Design.BusinessInformation?.BusinessOwnerEmail,
        TechnicalOwner = api.Design.BusinessInformation?.TechnicalOwner,
        TechnicalOwnerEmail = api.Design.BusinessInformation?.TechnicalOwnerEmail,
        CreatedTime = RestTime.Milliseconds(api.CreatedAt),
        UpdatedTime = RestTime.Milliseconds(api.UpdatedAt),
    };
}

/// <summary>A definition that was found.</summary>
internal sealed record DefinitionResult : SearchResource
{
    public string? ApiDisplayName { get; init; }

    public string? ApiName { get; init; }

    public string? ApiVersion { get; init; }

    public string? ApiContext { get; init; }

    [JsonPropertyName("apiUUID")]
    public string? ApiId { get; init; }

    public string? ApiProvider { get; init; }

    public string? ApiType { get; init; }

    public string? AssociatedType { get; init; }

    public static DefinitionResult Of(Api api) => new()
    {
        Id = api.Id,
        Name = api.Name,
        Type = "DEFINITION",
        TransportType = api.Design.Type,
        ApiDisplayName = api.Design.DisplayName,
        ApiName = api.Name,
        ApiVersion = api.Version,
        ApiContext = api.ServedContext,
        ApiId = api.Id,
        ApiProvider = api.Provider,
        ApiType = api.Design.Type,
        AssociatedType = api.IsProduct ? "APIProduct" : "API",
        CreatedTime = RestTime.Milliseconds(api.CreatedAt),
        UpdatedTime = RestTime.Milliseconds(api.UpdatedAt),
    };
}

/// <summary>A document that was found.</summary>
internal sealed record DocumentResult : SearchResource
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

    public static DocumentResult Of(SearchHit hit, FoundDocument document) => new()
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
        AssociatedType = hit.Api.IsProduct ? "APIProduct" : "API",
        CreatedTime = RestTime.Milliseconds(document.CreatedAt),
        UpdatedTime = RestTime.Milliseconds(document.UpdatedAt),
    };
}
