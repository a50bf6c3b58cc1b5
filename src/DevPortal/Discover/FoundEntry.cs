using Tollgate.Model;
using Tollgate.Storage.Search;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Discover;

/// <summary>An API as a result of the search over everything; its definitions and documents are results too.</summary>
internal sealed record FoundEntry : FoundResource
{
    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    public string? Context { get; init; }

    public string? Version { get; init; }

    public string? Provider { get; init; }

    public string? Status { get; init; }

    public BusinessInformation? BusinessInformation { get; init; }

    public static FoundResource Of(SearchHit hit) => hit switch
    {
        { Kind: SearchKind.Document, Document: { } document } => FoundDocumentResource.Of(hit.Id, document, hit.Api),
        { Kind: SearchKind.Definition } => FoundDefinitionResource.Of(hit.Api),
        _ => Of(hit.Api),
    };

    private static FoundEntry Of(Api api) => new()
    {
        Id = api.Id,
        Name = api.Name,
        Type = KindOf(api),
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
