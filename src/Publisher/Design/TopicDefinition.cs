using System.Text.Json.Nodes;
using Tollgate.Model;
using Tollgate.Publisher.Design.OpenApi;

namespace Tollgate.Publisher.Design;

/// <summary>The definition of a WebSocket API: an AsyncAPI 2.0 document that says what its topics say, written anew with every change.</summary>
internal static class TopicDefinition
{
    public static string Write(Api api, IReadOnlyList<Operation> operations)
    {
        var info = new JsonObject { ["title"] = api.Name, ["version"] = api.Version };
        if (api.Design.Description is { } description)
        {
            info["description"] = description;
        }

        var channels = new JsonObject();
        foreach (var topic in operations.GroupBy(operation => operation.Target))
        {
            channels[topic.Key] = Channel(topic);
        }

        return StoredDefinition.Write(new JsonObject { ["asyncapi"] = "2.0.0", ["info"] = info, ["channels"] = channels });
    }

    private static JsonObject Channel(IGrouping<string, Operation> topic)
    {
        var channel = new JsonObject();
        var parameters = new JsonObject();
        foreach (var name in ParametersOf(topic.Key))
        {
            parameters[name] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } };
        }

        if (parameters.Count > 0)
        {
            channel["parameters"] = parameters;
        }

        foreach (var operation in topic)
        {
            // As the field's definitions say it.
            var stated = new JsonObject { ["x-auth-type"] = operation.AuthType };
            if (operation.Scopes.Count > 0)
            {
                stated["x-scopes"] = new JsonArray([.. operation.Scopes.Select(scope => (JsonNode)scope)]);
            }

            channel[operation.Verb.ToLowerInvariant()] = stated;
        }

        return channel;
    }

    // Braces are in pairs here: the template was checked.
    private static IEnumerable<string> ParametersOf(string target) =>
        target.Split('{').Skip(1).Select(part => part.Split('}')[0]).Distinct(StringComparer.Ordinal);
}
