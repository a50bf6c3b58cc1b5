using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tollgate.DevPortal.Discover;

/// <summary>An API's definition as developers download it: the gateway's addresses instead of the backend's.</summary>
internal static class PublicDefinition
{
    private const string InternalPrefix = "x-wso2-";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Of(string definition, IEnumerable<string> servers)
    {
        var document = JsonNode.Parse(definition)!.AsObject();
        HideServers(document);
        foreach (var name in document.Select(member => member.Key).Where(name => name.StartsWith(InternalPrefix, StringComparison.Ordinal)).ToList())
        {
            document.Remove(name);
        }

        document["servers"] = new JsonArray([.. servers.Select(url => new JsonObject { ["url"] = url })]);
        return document.ToJsonString(Indented);
    }

    // Path items and operations may name servers of their own (OpenAPI 3.1 section 4.8.9); those are backends too.
    private static void HideServers(JsonObject document)
    {
        if (document["paths"] is not JsonObject paths)
        {
            return;
        }

        foreach (var item in paths.Select(path => path.Value).OfType<JsonObject>())
        {
            item.Remove("servers");
            foreach (var operation in item.Select(member => member.Value).OfType<JsonObject>())
            {
                operation.Remove("servers");
            }
        }
    }
}
