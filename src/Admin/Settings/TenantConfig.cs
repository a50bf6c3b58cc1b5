using System.Text.Json;
using System.Text.Json.Nodes;
using Tollgate.Model;

namespace Tollgate.Admin.Settings;

/// <summary>The document of an organization's settings: which keys it may have, of which type.</summary>
internal static class TenantConfig
{
    private const string Workflows = "Workflows";

    // The field's keys with their JSON types. What no module acts on yet is kept, so that a document can be read back as it was written.
    private static readonly Dictionary<string, string> Keys = new(StringComparer.Ordinal)
    {
        [Workflows] = "object",
        ["EnableMonetization"] = "boolean",
        ["EnableRecommendation"] = "boolean",
        ["IsUnlimitedTierPaid"] = "boolean",
        ["ExtensionHandlerPosition"] = "string",
        ["RESTAPIScopes"] = "object",
        ["RoleMappings"] = "object",
        ["NotificationsEnabled"] = "string",
        ["Notifications"] = "array",
        ["DefaultRoles"] = "object",
        ["SelfSignUp"] = "object",
        ["AllowSubscriptionValidationDisabling"] = "boolean",
        ["DefaultAPILevelTier"] = "string",
        ["DefaultApplicationLevelTier"] = "string",
        ["DefaultSubscriptionLevelTier"] = "string",
        ["LifeCycle"] = "object",
        ["LinterCustomRules"] = "object",
        ["ApiMaxRevisionCount"] = "integer",
        [CustomPropertyDocument.Key] = "array",
    };

    /// <summary>The JSON Schema of the document.</summary>
    public static JsonObject Schema => new()
    {
        ["$schema"] = "http://json-schema.org/draft-07/schema",
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject(Keys.Select(key => KeyValuePair.Create<string, JsonNode?>(
            key.Key, key.Key switch
            {
                Workflows => WorkflowSchema(),
                CustomPropertyDocument.Key => CustomPropertyDocument.Schema,
                _ => new JsonObject { ["type"] = key.Value },
            }))),
    };

    public static JsonElement Document(OrganizationSettings settings) => JsonSerializer.SerializeToElement(settings, ModelJson.Options);

    public static OrganizationSettings Checked(JsonElement document)
    {
        if (document.ValueKind != JsonValueKind.Object)
        {
            throw Refusal.BadRequest("The settings are a JSON object.");
        }

        foreach (var property in document.EnumerateObject())
        {
            if (!Keys.TryGetValue(property.Name, out var type))
            {
                throw Refusal.BadRequest($"There is no setting '{property.Name}'; see /tenant-config-schema.");
            }

            if (!IsOf(property.Value, type))
            {
                throw Refusal.BadRequest($"The setting '{property.Name}' is of type {type}.");
            }

            if (property.Name is "RESTAPIScopes" or "RoleMappings")
            {
                throw Refusal.BadRequest($"'{property.Name}' is set through /system-scopes; leave it out here.");
            }
        }

        if (document.TryGetProperty(CustomPropertyDocument.Key, out var properties))
        {
            CustomPropertyDocument.Check(properties);
        }

        var settings = document.Deserialize<OrganizationSettings>(ModelJson.Options)!;
        foreach (var (key, executor) in settings.Workflows)
        {
            if (!WorkflowTypes.Keys.Contains(key) || executor is not (WorkflowTypes.Simple or WorkflowTypes.Approval))
            {
                throw Refusal.BadRequest(
                    $"Workflows has keys among {string.Join(", ", WorkflowTypes.Keys)}, and values {WorkflowTypes.Simple} or {WorkflowTypes.Approval}.");
            }
        }

        return settings;
    }

    private static JsonObject WorkflowSchema() => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject(WorkflowTypes.Keys.Select(key => KeyValuePair.Create<string, JsonNode?>(
            key, new JsonObject { ["enum"] = new JsonArray(WorkflowTypes.Simple, WorkflowTypes.Approval) }))),
    };

    private static bool IsOf(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number > 0,
        _ => value.ValueKind == JsonValueKind.String,
    };
}
