using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tollgate.Contracts;

/// <summary>
/// Facts as JSON, one line per operation and schema: <c>!</c> after a field's name says required, <c>~</c> read only, the field
/// <c>*</c> any other name.
/// </summary>
public static class ContractFile
{
    public static readonly IReadOnlyList<string> Names = ["publisher", "devportal", "admin", "dcr"];

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Lazy<IReadOnlyDictionary<string, Contract>> Loaded = new(() => Names.ToDictionary(name => name, Load));

    /// <summary>The facts that this program carries, by the API's short name.</summary>
    public static IReadOnlyDictionary<string, Contract> All => Loaded.Value;

    public static string Write(Contract contract)
    {
        var operations = contract.Operations.OrderBy(pair => pair.Value.Path, StringComparer.Ordinal).ThenBy(pair => pair.Value.Method, StringComparer.Ordinal)
            .Select(pair => Line(pair.Key, new JsonObject(pair.Value.Answers.OrderBy(answer => answer.Key).Select(
                answer => KeyValuePair.Create(answer.Key.ToString(System.Globalization.CultureInfo.InvariantCulture), (JsonNode?)answer.Value)))));
        var schemas = contract.Schemas.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => Line(pair.Key, Node(pair.Value)));
        var text = new StringBuilder();
        text.Append("{\n").Append(Line("base", contract.Base)).Append(",\n\"operations\": {\n");
        text.AppendJoin(",\n", operations).Append("\n},\n\"schemas\": {\n").AppendJoin(",\n", schemas).Append("\n}\n}\n");
        return text.ToString();
    }

    public static Contract Read(string text)
    {
        var root = JsonNode.Parse(text)!.AsObject();
        return new Contract(
            (string)root["base"]!,
            root["operations"]!.AsObject().ToDictionary(pair => pair.Key, pair => ReadOperation(pair.Key, pair.Value!.AsObject())),
            root["schemas"]!.AsObject().ToDictionary(pair => pair.Key, pair => ReadSchema(pair.Value!)));
    }

    private static string Line(string name, JsonNode value) => $"{JsonSerializer.Serialize(name, Plain)}: {value.ToJsonString(Plain)}";

    private static JsonNode Node(Schema schema)
    {
        if (schema.Alias is { } alias)
        {
            return JsonValue.Create(alias);
        }

        var fields = new JsonObject(schema.Fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(
            field => KeyValuePair.Create($"{field.Key}{(field.Value.ReadOnly ? "~" : "")}{(field.Value.Required ? "!" : "")}", (JsonNode?)field.Value.Type)));
        if (schema.Others is { } others)
        {
            fields["*"] = others;
        }

        return fields;
    }

    private static Operation ReadOperation(string key, JsonObject answers)
    {
        var space = key.IndexOf(' ', StringComparison.Ordinal);
        return new Operation(
            key[..space], key[(space + 1)..],
            answers.ToDictionary(pair => int.Parse(pair.Key, System.Globalization.CultureInfo.InvariantCulture), pair => (string)pair.Value!));
    }

    private static Schema ReadSchema(JsonNode node)
    {
        if (node is not JsonObject fields)
        {
            return new Schema((string)node!, new Dictionary<string, Field>(), null);
        }

        var named = fields.Where(pair => pair.Key != "*").ToDictionary(
            pair => pair.Key.TrimEnd('!', '~'), pair => new Field((string)pair.Value!, pair.Key.EndsWith('!'), pair.Key.Contains('~')));
        return new Schema(null, named, (string?)fields["*"]);
    }

    private static Contract Load(string name)
    {
        using var stream = typeof(ContractFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the facts of {name} are missing");
        using var reader = new StreamReader(stream);
        return Read(reader.ReadToEnd());
    }
}
