using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tollgate.Publisher.Design.OpenApi;

/// <summary>A definition as it is stored: compact JSON, members in their order, letters of all languages as they are.</summary>
internal static class StoredDefinition
{
    // Not for embedding in HTML as it is, like all JSON with this encoder; it is sent as a document of its own.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonObject Read(string json) =>
        (JsonObject)JsonNode.Parse(json, null, new JsonDocumentOptions { MaxDepth = DefinitionLimits.MaxDepth })!;

    public static string Write(JsonObject root)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            root.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
