using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tollgate.Model;

/// <summary>Settings of an organization; names are those of the field's tenant configuration, which begin with a capital.</summary>
public sealed record OrganizationSettings
{
    /// <summary>Executor by workflow, for example Approval for ApplicationCreation; what is missing takes effect at once.</summary>
    [JsonPropertyName("Workflows")]
    public IReadOnlyDictionary<string, string> Workflows { get; init; } = new Dictionary<string, string>();

    /// <summary>Additional properties that publishers are asked for.</summary>
    [JsonPropertyName("CustomProperties")]
    public IReadOnlyList<CustomProperty> CustomProperties { get; init; } = [];

    /// <summary>How many revisions an API may have; without a number, what the node's settings say.</summary>
    [JsonPropertyName("ApiMaxRevisionCount")]
    public int? MaxRevisions { get; init; }

    /// <summary>Names of the properties that an API needs before it is published.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> RequiredProperties => [.. CustomProperties.Where(property => property.Required).Select(property => property.Name)];

    /// <summary>Keys of the field's document that are kept as they came because no module acts on them.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Kept { get; set; }
}
