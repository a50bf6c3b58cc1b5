using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tollgate.Model;

/// <summary>Settings of an organization; names are those of the field's tenant configuration, which begin with a capital.</summary>
public sealed record OrganizationSettings
{
    /// <summary>Executor by workflow, for example Approval for ApplicationCreation; what is missing takes effect at once.</summary>
    [JsonPropertyName("Workflows")]
    public IReadOnlyDictionary<string, string> Workflows { get; init; } = new Dictionary<string, string>();

    /// <summary>Keys of the field's document that are kept as they came because no module acts on them.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Kept { get; set; }
}
