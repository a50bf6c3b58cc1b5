using System.Text.Json;
using System.Text.Json.Nodes;
using Tollgate.Model;

namespace Tollgate.SignIn.Audit;

/// <summary>Takes secrets out of what is written down, by the names of their fields.</summary>
internal static class SecretMask
{
    public const string Mask = "***";

    private static readonly string[] Parts = ["password", "secret", "passphrase", "privatekey", "accesskey", "credential"];

    private static readonly string[] Names =
        ["apikey", "apikeyvalue", "authorization", "assertion", "jwt", "code", "pem"];

    /// <summary>The same JSON with the values of secret fields replaced.</summary>
    public static JsonNode? Of(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                var masked = new JsonObject();
                // A duplicate name cannot stand here: the parser refused it.
                foreach (var (name, value) in fields)
                {
                    masked[name] = IsSecret(name) && value is not null ? JsonValue.Create(Mask) : Of(value);
                }

                return masked;
            case JsonArray items:
                return new JsonArray([.. items.Select(Of)]);
            default:
                return node?.DeepClone();
        }
    }

    public static bool IsSecret(string name)
    {
        var plain = name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        return Names.Contains(plain) || Parts.Any(part => plain.Contains(part, StringComparison.Ordinal))
            || plain.EndsWith("token", StringComparison.Ordinal);
    }

    /// <summary>Reads a body for the log; what is no JSON is named by its size only, because nobody knows what is secret in it.</summary>
    public static JsonNode? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return UnicodeJson.IsText(body) ? Of(JsonNode.Parse(body, documentOptions: new JsonDocumentOptions { MaxDepth = 64 })) : SizeOf(body);
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            return SizeOf(body);
        }
    }

    private static JsonObject SizeOf(ReadOnlySpan<byte> body) => new() { ["bytes"] = body.Length };
}
