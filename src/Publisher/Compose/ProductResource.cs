using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tollgate.Model;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Compose;

/// <summary>An API product as the REST contract shows it; read-only fields are accepted and ignored.</summary>
internal sealed record ProductResource
{
    public const string DefaultVersion = "1.0.0";

    // What a product's design may say; the rest of an API's design belongs to the APIs it is made of.
    private static readonly FrozenSet<string> OfDesign = FrozenSet.ToFrozenSet(
    [
        "displayName", "description", "enableSchemaValidation", "responseCachingEnabled", "cacheTimeout", "visibility", "visibleRoles",
        "visibleTenants", "accessControl", "accessControlRoles", "transport", "tags", "policies", "apiThrottlingPolicy", "authorizationHeader",
        "apiKeyHeader", "securityScheme", "subscriptionAvailability", "subscriptionAvailableTenants", "additionalProperties",
        "additionalPropertiesMap", "monetization", "businessInformation", "corsConfiguration", "gatewayVendor", "categories", "audiences",
        "egress",
    ]);

    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Context { get; init; }

    public string? Version { get; init; }

    public string? Provider { get; init; }

    public bool HasThumbnail { get; init; }

    public string? State { get; init; }

    public bool IsDefaultVersion { get; init; }

    public bool IsRevision { get; init; }

    public string? RevisionedApiProductId { get; init; }

    public int RevisionId { get; init; }

    public string? ApiType { get; init; }

    public string? WorkflowStatus { get; init; }

    public string? CreatedTime { get; init; }

    public string? LastUpdatedTime { get; init; }

    public string? LastUpdatedTimestamp { get; init; }

    public IReadOnlyList<ProductApi> Apis { get; init; } = [];

    /// <summary>The scopes of the operations; they belong to the APIs.</summary>
    public IReadOnlyList<ApiScope> Scopes { get; init; } = [];

    /// <summary>The design, field by field.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Design { get; set; }

    /// <summary>The design that the request states.</summary>
    public ApiDesign ToDesign()
    {
        var stated = Design ?? new Dictionary<string, JsonElement>();
        return stated.Keys.FirstOrDefault(name => !OfDesign.Contains(name)) is { } unknown
            ? throw Refusal.BadRequest($"An API product has no field '{unknown}'.")
            : JsonBody.Parse<ApiDesign>(JsonSerializer.SerializeToUtf8Bytes(stated), "The API product");
    }

    public static ProductResource Of(Api product, IReadOnlyList<ProductApi> apis, IReadOnlyList<ApiScope> scopes) => new()
    {
        Id = product.Id,
        Name = product.Name,
        Context = product.Context,
        Version = product.Version,
        Provider = product.Provider,
        HasThumbnail = product.HasThumbnail,
        State = EnumText<LifecycleState>.Of(product.State),
        IsDefaultVersion = product.IsDefaultVersion,
        ApiType = ApiTypes.Product,
        CreatedTime = RestTime.Milliseconds(product.CreatedAt),
        LastUpdatedTime = RestTime.Milliseconds(product.UpdatedAt),
        LastUpdatedTimestamp = RestTime.Milliseconds(product.UpdatedAt),
        Apis = apis,
        Scopes = scopes,
        Design = JsonSerializer.SerializeToElement(product.Design, RestJson.Options).EnumerateObject()
            .Where(field => OfDesign.Contains(field.Name)).ToDictionary(field => field.Name, field => field.Value.Clone()),
    };
}

/// <summary>The operations that a product takes from one API.</summary>
internal sealed record ProductApi
{
    public string? Name { get; init; }

    public required string ApiId { get; init; }

    public string? Version { get; init; }

    /// <summary>Null on a request takes all.</summary>
    public IReadOnlyList<Operation>? Operations { get; init; }
}

/// <summary>An API product in a list.</summary>
internal sealed record ProductListing(
    string Id, string Name, string? DisplayName, string Context, string? Description, string Provider, string Version, bool HasThumbnail,
    string State, IReadOnlyList<string> SecurityScheme, string CreatedTime, string UpdatedTime)
{
    public static ProductListing Of(Api product) => new(
        product.Id, product.Name, product.Design.DisplayName, product.Context, product.Design.Description, product.Provider, product.Version,
        product.HasThumbnail, EnumText<LifecycleState>.Of(product.State), product.Design.SecurityScheme,
        RestTime.Milliseconds(product.CreatedAt), RestTime.Milliseconds(product.UpdatedAt));
}
