using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tollgate.DevPortal.Discover;

/// <summary>An API's definition as developers download it: the gateways' addresses, and none of what stands behind them.</summary>
internal static class PublicDefinition
{
    // Letters of all languages as they are; it is a document of its own and never part of a page.
    private static readonly JsonSerializerOptions Text = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(string definition, IEnumerable<string> servers)
    {
        var document = JsonNode.Parse(definition)!.AsObject();
        BackendAddresses.Remove(document);
        // AsyncAPI names its servers and says how each is spoken to; OpenAPI lists them.
        document["servers"] = document.ContainsKey("asyncapi")
            ? new JsonObject(servers.Select((url, i) => KeyValuePair.Create<string, JsonNode?>(
                $"gateway{i + 1}", new JsonObject { ["url"] = url, ["protocol"] = url.Split(':')[0] })))
            : new JsonArray([.. servers.Select(url => new JsonObject { ["url"] = url })]);
        return document.ToJsonString(Text);
    }
}
