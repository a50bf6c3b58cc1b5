using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tollgate.Publisher.Design;

/// <summary>Writes the contract's <c>endpointConfig</c> from two addresses.</summary>
internal static class EndpointConfig
{
    /// <summary>The configuration of these addresses; an empty one is left out, and what else the present one says is kept.</summary>
    public static JsonElement Of(string production, string sandbox, JsonElement? present = null)
    {
        var config = present is { ValueKind: JsonValueKind.Object } ? JsonNode.Parse(present.Value.GetRawText())!.AsObject() : [];
        config["endpoint_type"] ??= "http";
        Put(config, "production_endpoints", production);
        Put(config, "sandbox_endpoints", sandbox);
        return JsonSerializer.SerializeToElement(config);
    }

    private static void Put(JsonObject config, string name, string url)
    {
        if (url.Length == 0)
        {
            config.Remove(name);
        }
        else if (config[name] is JsonObject endpoint)
        {
            endpoint["url"] = url;
        }
        else
        {
            config[name] = new JsonObject { ["url"] = url };
        }
    }
}
