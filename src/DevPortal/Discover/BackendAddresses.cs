using System.Text.Json.Nodes;

namespace Tollgate.DevPortal.Discover;

/// <summary>What a definition tells about the servers behind the gateway, and must not tell developers.</summary>
internal static class BackendAddresses
{
    private static readonly IReadOnlyList<string> Extensions =
    [
        "x-wso2-production-endpoints", "x-wso2-sandbox-endpoints", "x-wso2-endpoints", "x-wso2-request-interceptor",
        "x-wso2-response-interceptor", "x-mediation-script", "x-amzn-resource-name", "x-amzn-resource-timeout",
        "x-amzn-resource-content-encode", "x-amazon-apigateway-integration", "x-google-backend",
    ];

    /// <summary>Removes addresses of servers wherever OpenAPI allows them for calls of this API, and the extensions at any place.</summary>
    public static void Remove(JsonObject root)
    {
        RemoveExtensions(root);
        root.Remove("servers");
        var components = root["components"] as JsonObject;
        foreach (var item in Members(root["paths"]).Concat(Members(components?["pathItems"])))
        {
            item.Remove("servers");
            foreach (var operation in item.Select(member => member.Value).OfType<JsonObject>().ToList())
            {
                operation.Remove("servers");
                RemoveFromLinks(operation["responses"]);
            }
        }

        RemoveFromLinks(components?["responses"]);
        RemoveServer(components?["links"]);
    }

    private static void RemoveFromLinks(JsonNode? responses)
    {
        foreach (var response in Members(responses))
        {
            RemoveServer(response["links"]);
        }
    }

    private static void RemoveServer(JsonNode? links)
    {
        foreach (var link in Members(links))
        {
            link.Remove("server");
        }
    }

    private static void RemoveExtensions(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach (var name in Extensions)
            {
                members.Remove(name);
            }
        }

        var children = node switch
        {
            JsonObject owner => owner.Select(member => member.Value),
            JsonArray items => items,
            _ => [],
        };
        foreach (var child in children)
        {
            RemoveExtensions(child);
        }
    }

    private static IEnumerable<JsonObject> Members(JsonNode? owner) =>
        (owner as JsonObject ?? []).Select(member => member.Value).OfType<JsonObject>();
}
