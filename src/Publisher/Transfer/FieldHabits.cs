using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tollgate.Publisher.Transfer;

/// <summary>Where archives of the field's own tools say more, or say it otherwise, than the REST contract of an API.</summary>
internal static class FieldHabits
{
    // Set by a server, or of an older release; and written in types that the contract does not have (a number for a time, text for a revision).
    private static readonly string[] Ignored =
    [
        "id", "createdTime", "lastUpdatedTime", "lastUpdatedTimestamp", "updatedTime", "workflowStatus", "isRevision", "revisionId",
        "revisionedApiId", "revisionedApiProductId", "hasThumbnail", "enableStore", "organizationId",
    ];

    // A plain 1.0 in YAML is a number.
    private static readonly string[] Texts = ["name", "version"];

    // Left empty where the default is meant.
    private static readonly string[] EmptyIsDefault = ["apiKeyHeader", "authorizationHeader", "apiThrottlingPolicy", "provider"];

    /// <summary>Takes out what says nothing about the API, and gives the rest the contract's types.</summary>
    public static void Adapt(JsonObject data)
    {
        foreach (var name in Ignored)
        {
            data.Remove(name);
        }

        foreach (var name in EmptyIsDefault.Where(name => data[name] is JsonValue value && value.ToString().Length == 0))
        {
            data.Remove(name);
        }

        foreach (var name in Texts)
        {
            if (data[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number)
            {
                data[name] = value.ToJsonString();
            }
        }
    }
}
