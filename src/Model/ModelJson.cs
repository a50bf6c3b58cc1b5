using System.Text.Json;
using System.Text.Json.Serialization;
using Tollgate.Model.Runtime;

namespace Tollgate.Model;

/// <summary>Source-generated JSON of what is stored and of what gateways follow.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNameCaseInsensitive = false)]
[JsonSerializable(typeof(ApiDesign))]
[JsonSerializable(typeof(IReadOnlyList<Operation>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(PolicyTerms))]
[JsonSerializable(typeof(RuntimeChange))]
public sealed partial class ModelJson : JsonSerializerContext;
