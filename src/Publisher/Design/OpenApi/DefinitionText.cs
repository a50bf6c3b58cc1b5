using System.Text;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Tollgate.Model;

namespace Tollgate.Publisher.Design.OpenApi;

/// <summary>The text of a definition as a tree, whether it is JSON or YAML.</summary>
internal static class DefinitionText
{
    /// <summary>Reads a document of limited size; its first character tells what it is, as file names and media types lie.</summary>
    public static JsonObject Parse(ReadOnlySpan<byte> content, int maxBytes)
    {
        if (content.Length > maxBytes)
        {
            throw new Refusal(
                413, 413, "Payload Too Large", $"The definition has {content.Length} bytes; at most {maxBytes} are accepted.");
        }

        if (!Utf8.IsValid(content))
        {
            throw Malformed.Document("The document is not UTF-8 text. Save it with the encoding UTF-8.");
        }

        var text = content.StartsWith(Encoding.UTF8.Preamble) ? content[3..] : content;
        var start = text.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty)
        {
            throw Malformed.Document("The document is empty.");
        }

        // YAML in flow style may begin with a brace too; such documents are JSON in practice, and JSON's messages are the better ones.
        var root = start[0] is (byte)'{' or (byte)'[' ? JsonText.Parse(text) : YamlText.Parse(Encoding.UTF8.GetString(text), maxBytes);
        return Places(root, 1) > DefinitionLimits.MaxPlaces
            ? throw Malformed.Document("The document nests too many values below long names.")
            : root as JsonObject ?? throw Malformed.Document("An OpenAPI document is an object with 'openapi', 'info' and 'paths'.");
    }

    private static long Places(JsonNode? node, long length) => length + node switch
    {
        JsonObject members => members.Sum(member => Places(member.Value, length + 1 + member.Key.Length)),
        JsonArray items => items.Select((item, index) => Places(item, length + 1 + $"{index}".Length)).Sum(),
        _ => 0,
    };
}
