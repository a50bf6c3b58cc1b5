using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tollgate.Publisher.Transfer;

/// <summary>Takes backend credentials out of an endpoint configuration.</summary>
internal static class EndpointSecrets
{
    private static readonly string[] Words = ["password", "secret", "accesskey", "apikeyvalue", "token", "privatekey"];

    // Addresses whose names contain one of the words.
    private static readonly string[] Harmless = ["tokenUrl"];

    public static JsonElement? Remove(JsonElement? config)
    {
        if (config is not { ValueKind: JsonValueKind.Object } settings)
        {
            return config;
        }

        var tree = JsonObject.Create(settings)!.DeepClone();
        Blank(tree);
        return JsonSerializer.SerializeToElement(tree);
    }

    private static void Blank(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    if (value is JsonValue && IsSecret(name))
                    {
                        members[name] = "";
                    }
                    else
                    {
                        Blank(value);
                    }
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Blank(item);
                }

                break;
        }
    }

    private static bool IsSecret(string name) =>
        !Harmless.Contains(name) && Words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
}
