using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tollgate.Model;

/// <summary>JSON of what is stored and of what gateways follow.</summary>
/// <remarks>
/// By reflection and not source-generated: generated code loses the initial values of init-only properties (seen with SDK 10.0.401), and
/// those are the defaults of fields that older documents lack. Unknown members are ignored, so that a node reads what a newer one wrote.
/// </remarks>
public static class ModelJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNameCaseInsensitive = false,
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options)!;
}
