using System.Text.Json;
using Tollgate.Model;

namespace Tollgate.Storage;

/// <summary>Documents inside columns.</summary>
internal static class StoredJson
{
    public static string Of(ApiDesign design) => JsonSerializer.Serialize(design, ModelJson.Default.ApiDesign);

    public static string Of(IReadOnlyList<Operation> operations) =>
        JsonSerializer.Serialize(operations, ModelJson.Default.IReadOnlyListOperation);

    public static string Of(IReadOnlyList<string> list) => JsonSerializer.Serialize(list, ModelJson.Default.IReadOnlyListString);

    public static string Of(IReadOnlyDictionary<string, string> map) =>
        JsonSerializer.Serialize(map, ModelJson.Default.IReadOnlyDictionaryStringString);

    public static string Of(PolicyTerms terms) => JsonSerializer.Serialize(terms, ModelJson.Default.PolicyTerms);

    public static ApiDesign Design(string json) => JsonSerializer.Deserialize(json, ModelJson.Default.ApiDesign)!;

    public static IReadOnlyList<Operation> Operations(string json) =>
        JsonSerializer.Deserialize(json, ModelJson.Default.IReadOnlyListOperation)!;

    public static IReadOnlyList<string> List(string json) => JsonSerializer.Deserialize(json, ModelJson.Default.IReadOnlyListString)!;

    public static IReadOnlyDictionary<string, string> Map(string json) =>
        JsonSerializer.Deserialize(json, ModelJson.Default.IReadOnlyDictionaryStringString)!;

    public static PolicyTerms Terms(string json) => JsonSerializer.Deserialize(json, ModelJson.Default.PolicyTerms)!;
}
