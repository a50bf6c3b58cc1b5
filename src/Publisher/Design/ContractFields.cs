using System.Collections.Frozen;
using System.Text.Json;
using Tollgate.Model;

namespace Tollgate.Publisher.Design;

/// <summary>Fields of the REST contract that this version does not act on: neutral values are kept, others are refused.</summary>
/// <remarks>Saving a setting that has no effect would look like having it.</remarks>
internal static class ContractFields
{
    // Kept as they came, whatever they say: they describe, they do not change what a gateway does.
    private static readonly FrozenSet<string> Descriptive = FrozenSet.ToFrozenSet(
    [
        "audience", "gatewayType", "gatewayVendor", "initiatedFromGateway", "keyManagers", "visibleTenants",
        "visibleOrganizations", "subscriptionAvailableTenants", "egress", "asyncTransportProtocols", "serviceInfo",
        "subtypeConfiguration", "wsdlInfo", "wsdlUrl", "additionalPropertiesMap", "organizationPolicies",
    ]);

    // Would change what a gateway does: only values that ask for nothing.
    private static readonly FrozenSet<string> Neutral = FrozenSet.ToFrozenSet(
    [
        "enableSubscriberVerification", "mediationPolicies", "apiPolicies", "apiHubPolicies", "monetization", "websubSubscriptionConfiguration",
        "threatProtectionPolicies", "advertiseInfo", "primaryProductionEndpointId", "primarySandboxEndpointId",
    ]);

    // Kept for a later version to act on: the value is of the right kind.
    private static readonly FrozenDictionary<string, Func<JsonElement, bool>> Stored = new Dictionary<string, Func<JsonElement, bool>>
    {
        ["responseCachingEnabled"] = IsFlag,
        ["enableSchemaValidation"] = IsFlag,
        ["cacheTimeout"] = static value => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var seconds) && seconds >= 0,
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> OfOperations = FrozenSet.ToFrozenSet(
        ["id", "usedProductIds", "amznResourceName", "amznResourceTimeout", "amznResourceContentEncode", "operationPolicies", "operationHubPolicies"]);

    public static void Check(ApiDesign design)
    {
        foreach (var (name, value) in design.Kept ?? new Dictionary<string, JsonElement>())
        {
            if (Neutral.Contains(name))
            {
                RefuseActive(name, value);
            }
            else if (Stored.TryGetValue(name, out var isRight))
            {
                RefuseUnlike(name, isRight(value));
            }
            else if (!Descriptive.Contains(name))
            {
                throw Refusal.BadRequest($"The API has no field '{name}'.");
            }
        }
    }

    public static void Check(Operation operation)
    {
        foreach (var (name, value) in operation.Kept ?? new Dictionary<string, JsonElement>())
        {
            if (!OfOperations.Contains(name))
            {
                throw Refusal.BadRequest($"An operation has no field '{name}'.");
            }

            if (name != "id")
            {
                RefuseActive(name, value);
            }
        }
    }

    private static bool IsFlag(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False;

    private static void RefuseUnlike(string name, bool isRight)
    {
        if (!isRight)
        {
            throw Refusal.BadRequest($"'{name}' has a value of the wrong kind.");
        }
    }

    private static void RefuseActive(string name, JsonElement value)
    {
        if (AsksForSomething(value))
        {
            throw Refusal.BadRequest($"'{name}' is not available in this version; leave it out, or send it empty or disabled.");
        }
    }

    // Switched on, counted, named or listed: anything that is not null, false, 0, "" or made of such values only.
    private static bool AsksForSomething(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.Number => value.GetRawText() != "0",
        JsonValueKind.String => value.GetString()!.Length > 0,
        JsonValueKind.Array => value.EnumerateArray().Any(AsksForSomething),
        JsonValueKind.Object => IsSwitchedOn(value),
        _ => false,
    };

    // An object with a switch that is off asks for nothing, whatever else it lists (the contract sends defaults along).
    private static bool IsSwitchedOn(JsonElement settings)
    {
        foreach (var name in (string[])["enabled", "enable", "corsConfigurationEnabled", "advertised"])
        {
            if (settings.TryGetProperty(name, out var flag))
            {
                return flag.ValueKind == JsonValueKind.True;
            }
        }

        return settings.EnumerateObject().Any(part => AsksForSomething(part.Value));
    }
}
