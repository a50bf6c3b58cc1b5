using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tollgate.Model;

namespace Tollgate.Publisher.Design.OpenApi;

/// <summary>Brings the paths of a definition in step with an API's operations.</summary>
internal sealed partial class DefinitionUpdate
{
    private readonly JsonObject _root;
    private readonly JsonObject _paths;
    private readonly SecuritySchemes _schemes;
    private readonly IReadOnlyList<string> _documentScopes;

    private DefinitionUpdate(JsonObject root)
    {
        // OpenAPI 3.1 permits a document without paths.
        if (root["paths"] is not JsonObject)
        {
            root["paths"] = new JsonObject();
        }

        _root = root;
        _paths = (JsonObject)root["paths"]!;
        _schemes = new SecuritySchemes(root);
        _documentScopes = _schemes.Required(root["security"]) ?? [];
    }

    public static void Apply(JsonObject root, IReadOnlyList<Operation> operations, IReadOnlyList<Scope> scopes)
    {
        var update = new DefinitionUpdate(root);
        update.KeepAndRemove(operations.ToDictionary(operation => (operation.Target, Verb(operation))));
        foreach (var operation in operations)
        {
            update.AddMissing(operation);
        }

        OwnScheme.Sync(root, scopes);
    }

    private static string Verb(Operation operation) => operation.Verb.ToLowerInvariant();

    private void KeepAndRemove(Dictionary<(string Path, string Verb), Operation> wanted)
    {
        foreach (var (path, item) in PathItems.Of(_root).ToList())
        {
            // A path item that was a reference is written out: its operations may now differ from those of the place it referred to.
            if (item != _paths[path])
            {
                _paths[path] = item;
            }

            foreach (var verb in PathItems.Verbs)
            {
                if (item[verb] is JsonObject content && wanted.TryGetValue((path, verb), out var operation))
                {
                    Set(content, operation);
                }
                else
                {
                    item.Remove(verb);
                }
            }

            if (!PathItems.Verbs.Any(item.ContainsKey))
            {
                _paths.Remove(path);
            }
        }
    }

    private void Set(JsonObject content, Operation operation)
    {
        content["x-auth-type"] = operation.AuthType;
        content["x-throttling-tier"] = operation.ThrottlingPolicy;

        // Said by the two above now; another gateway that reads the document would follow these.
        content.Remove("x-wso2-disable-security");
        content.Remove("x-wso2-throttling-tier");

        var current = OperationScopes.Stated(content, _schemes, "#/paths") ?? (content.ContainsKey("security") ? [] : _documentScopes);
        if (!operation.Scopes.ToHashSet(StringComparer.Ordinal).SetEquals(current))
        {
            content.Remove("x-scope");
            OwnScheme.Require(_root, content, operation.Scopes);
        }
    }

    private void AddMissing(Operation operation)
    {
        if (_paths[operation.Target] is not JsonObject item)
        {
            _paths[operation.Target] = item = [];
        }

        if (!item.ContainsKey(Verb(operation)))
        {
            item[Verb(operation)] = New(operation, item);
        }
    }

    private JsonObject New(Operation operation, JsonObject item)
    {
        var content = new JsonObject();
        var parameters = new JsonArray([.. UndeclaredParameters(operation.Target, item).Select(PathParameter)]);
        if (parameters.Count > 0)
        {
            content["parameters"] = parameters;
        }

        content["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = "OK" } };
        content["security"] = new JsonArray(OwnScheme.Requirement(_root, operation.Scopes));
        content["x-auth-type"] = operation.AuthType;
        content["x-throttling-tier"] = operation.ThrottlingPolicy;
        return content;
    }

    // A query in a template documents parameters of another kind.
    private IEnumerable<string> UndeclaredParameters(string target, JsonObject item)
    {
        var declared = (item["parameters"] as JsonArray ?? [])
            .Select(parameter => LocalReferences.Follow(_root, parameter))
            .Where(parameter => parameter?["in"]?.ToString() == "path")
            .Select(parameter => parameter!["name"]?.ToString() ?? "");
        return Parameter().Matches(target.Split('?')[0]).Select(match => match.Groups[1].Value).Except(declared);
    }

    private static JsonObject PathParameter(string name) => new()
    {
        ["name"] = name,
        ["in"] = "path",
        ["required"] = true,
        ["schema"] = new JsonObject { ["type"] = "string" },
    };

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Parameter();
}
