using System.Text.Json;
using System.Text.Json.Serialization;
using Tollgate.Model.Search;

namespace Tollgate.Model;

/// <summary>What publishers write about an API beside its identity; field names are those of the publisher REST contract.</summary>
public record ApiDesign
{
    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    public string Type { get; init; } = "HTTP";

    public IReadOnlyList<string> Transport { get; init; } = ["http", "https"];

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Names of the business plans offered to subscribers.</summary>
    public IReadOnlyList<string> Policies { get; init; } = [];

    /// <summary>Advanced policy for the whole API; when set, operation policies are not counted.</summary>
    public string? ApiThrottlingPolicy { get; init; }

    public string AuthorizationHeader { get; init; } = "Authorization";

    public string ApiKeyHeader { get; init; } = "ApiKey";

    public IReadOnlyList<string> SecurityScheme { get; init; } = ["oauth2", "oauth_basic_auth_api_key_mandatory"];

    public CorsConfiguration? CorsConfiguration { get; init; }

    public MaxTps? MaxTps { get; init; }

    public string Visibility { get; init; } = "PUBLIC";

    /// <summary>Roles whose members see the API in the developer portal, where visibility is RESTRICTED.</summary>
    public IReadOnlyList<string> VisibleRoles { get; init; } = [];

    public string AccessControl { get; init; } = "NONE";

    /// <summary>Roles whose members see and change the API as publishers, where access control is RESTRICTED.</summary>
    public IReadOnlyList<string> AccessControlRoles { get; init; } = [];

    public string SubscriptionAvailability { get; init; } = "CURRENT_TENANT";

    public JsonElement? EndpointConfig { get; init; }

    public string EndpointImplementationType { get; init; } = "ENDPOINT";

    public IReadOnlyList<ApiScope> Scopes { get; init; } = [];

    public BusinessInformation? BusinessInformation { get; init; }

    public IReadOnlyList<AdditionalProperty> AdditionalProperties { get; init; } = [];

    public IReadOnlyList<string> Audiences { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Fields of the contract that are kept as they came because no module acts on them.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Kept { get; set; }

    /// <summary>Roles of which a developer needs one; none where everybody sees the API. Signing in is a role too.</summary>
    public IReadOnlyList<string> RolesOfVisibility() => Visibility switch
    {
        "RESTRICTED" => VisibleRoles,
        "PRIVATE" => [Role.Everyone],
        _ => [],
    };

    /// <summary>Roles of which a publisher needs one; none where every publisher sees the API.</summary>
    public IReadOnlyList<string> RolesOfAccess() => AccessControl == "RESTRICTED" ? AccessControlRoles : [];

    /// <summary>Which of these additional properties have no value.</summary>
    public IReadOnlyList<string> LacksOf(IEnumerable<string> names) =>
    [
        .. names.Where(name => !AdditionalProperties.Any(
            property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && !string.IsNullOrWhiteSpace(property.Value))),
    ];

    /// <summary>The design alone, where this is the part of something larger.</summary>
    public ApiDesign Alone() => new(this);
}

/// <summary>Who answers for an API.</summary>
public sealed record BusinessInformation(
    string? BusinessOwner = null, string? BusinessOwnerEmail = null, string? TechnicalOwner = null, string? TechnicalOwnerEmail = null);

/// <summary>A free property of an API, shown in the developer portal on request.</summary>
public sealed record AdditionalProperty(string Name, string Value, bool Display = false)
{
    /// <summary>Whether a property can have this name: a search has to tell it from what else is written there.</summary>
    public static bool IsName(string? name) =>
        name is { Length: > 0 and <= 80 } && !name.Any(c => char.IsWhiteSpace(c) || c is ':' or '"') && !SearchPrefixes.IsReserved(name);
}

/// <summary>A scope as an API lists it.</summary>
public sealed record ApiScope(Scope Scope, bool Shared = false);
