using System.Text.Json.Serialization;
using Tollgate.Model;
using Tollgate.Storage.Search;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Find;

/// <summary>An API or API product as a result of the search over everything; its definitions and documents are results too.</summary>
internal sealed record SearchResource : FoundResource
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

    public static FoundResource Of(SearchHit hit) => hit switch
    {
        { Kind: SearchKind.Document, Document: { } document } => FoundDocumentResource.Of(hit.Id, document, hit.Api) with
        {
            CreatedTime = RestTime.Milliseconds(document.CreatedAt),
            UpdatedTime = RestTime.Milliseconds(document.UpdatedAt),
        },
        { Kind: SearchKind.Definition } => FoundDefinitionResource.Of(hit.Api) with
        {
            CreatedTime = RestTime.Milliseconds(hit.Api.CreatedAt),
            UpdatedTime = RestTime.Milliseconds(hit.Api.UpdatedAt),
        },
        _ => Of(hit.Api),
    };

    private static SearchResource Of(Api api) => new()
    {
        Id = api.Id,
        Name = api.Name,
        Type = KindOf(api),
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
