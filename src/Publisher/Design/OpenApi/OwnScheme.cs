using System.Text.Json.Nodes;
using Tollgate.Model;

namespace Tollgate.Publisher.Design.OpenApi;

/// <summary>The OAuth2 scheme <c>default</c>, under which a definition requires scopes that were set here, not by its author.</summary>
internal static class OwnScheme
{
    /// <summary>Lets an operation require these scopes; whatever else its document requires of callers stays.</summary>
    public static void Require(JsonObject root, JsonObject operation, IReadOnlyList<string> scopes)
    {
        var schemes = new SecuritySchemes(root);
        var own = Requirement(root, scopes);
        var security = new JsonArray();
        var found = false;
        foreach (var requirement in ((operation["security"] ?? root["security"]) as JsonArray ?? []).OfType<JsonObject>())
        {
            var rest = requirement.Where(entry => !schemes.AsksScopes(entry.Key)).ToList();
            var changed = rest.Count < requirement.Count ? own.DeepClone().AsObject() : [];
            found |= rest.Count < requirement.Count;
            foreach (var (name, value) in rest)
            {
                changed[name] = value?.DeepClone();
            }

            if (!security.Any(other => JsonNode.DeepEquals(other, changed)))
            {
                security.Add(changed);
            }
        }

        if (!found)
        {
            security.Insert(0, own);
        }

        operation["security"] = security;
    }

    /// <summary>A requirement of these scopes; the scheme is declared where it is not yet.</summary>
    public static JsonObject Requirement(JsonObject root, IReadOnlyList<string> scopes)
    {
        Declare(root);
        return new JsonObject { [Name(root)] = Texts(scopes) };
    }

    /// <summary>Declares the scheme, without scopes yet.</summary>
    /// <remarks>An implicit flow, as tools of the field look for scopes there; clients learn the real addresses from the portal.</remarks>
    public static void Declare(JsonObject root) =>
        Child(Child(root, "components"), "securitySchemes").TryAdd(Name(root), new JsonObject
        {
            ["type"] = "oauth2",
            ["flows"] = new JsonObject
            {
                ["implicit"] = new JsonObject { ["authorizationUrl"] = "/oauth2/authorize", ["scopes"] = new JsonObject() },
            },
        });

    /// <summary>Brings the declared scopes in step with the API's; those that no scheme declares yet are declared here.</summary>
    public static void Sync(JsonObject root, IReadOnlyList<Scope> scopes)
    {
        var wanted = scopes.ToDictionary(scope => scope.Name, StringComparer.Ordinal);
        var schemes = new SecuritySchemes(root);
        foreach (var flow in schemes.Flows())
        {
            var declared = (JsonObject)flow["scopes"]!;
            foreach (var name in declared.Select(entry => entry.Key).ToList())
            {
                if (wanted.TryGetValue(name, out var scope))
                {
                    Write(flow, scope);
                }
                else
                {
                    declared.Remove(name);
                    (flow[SecuritySchemes.Bindings] as JsonObject)?.Remove(name);
                }
            }
        }

        RemoveFromDocument(root, schemes, wanted);
        var known = schemes.Declared().Select(scope => scope.Name).ToHashSet(StringComparer.Ordinal);
        if (Scheme(root) is null && scopes.Any(scope => !known.Contains(scope.Name)))
        {
            Declare(root);
        }

        // Operations may require any of the API's scopes under this scheme, so it declares them all.
        if (Scheme(root) is { } own)
        {
            var flow = Flow(own);
            scopes.ToList().ForEach(scope => Write(flow, scope));
        }
    }

    // Operations that inherited a scope which is gone have a requirement of their own by now.
    private static void RemoveFromDocument(JsonObject root, SecuritySchemes schemes, Dictionary<string, Scope> wanted)
    {
        foreach (var requirement in (root["security"] as JsonArray ?? []).OfType<JsonObject>())
        {
            foreach (var (name, list) in requirement.Where(entry => schemes.AsksScopes(entry.Key)).ToList())
            {
                requirement[name] = Texts((list as JsonArray ?? []).Select(scope => scope?.ToString() ?? "").Where(wanted.ContainsKey));
            }
        }
    }

    private static void Write(JsonObject flow, Scope scope)
    {
        flow["scopes"]![scope.Name] = scope.Description ?? "";
        if (scope.Bindings.Count > 0)
        {
            Child(flow, SecuritySchemes.Bindings)[scope.Name] = string.Join(',', scope.Bindings);
        }
        else
        {
            (flow[SecuritySchemes.Bindings] as JsonObject)?.Remove(scope.Name);
        }
    }

    // The name may be taken by a scheme of another kind.
    private static string Name(JsonObject root)
    {
        var name = "default";
        while (Schemes(root)?[name] is { } taken && LocalReferences.Follow(root, taken)?["type"]?.ToString() != "oauth2")
        {
            name += "_oauth2";
        }

        return name;
    }

    private static JsonObject? Schemes(JsonObject root) => (root["components"] as JsonObject)?["securitySchemes"] as JsonObject;

    private static JsonObject? Scheme(JsonObject root) => LocalReferences.Follow(root, Schemes(root)?[Name(root)]);

    private static JsonObject Flow(JsonObject scheme)
    {
        var flows = Child(scheme, "flows");
        var flow = flows.Select(entry => entry.Value as JsonObject).FirstOrDefault(entry => entry?["scopes"] is JsonObject)
            ?? Child(flows, "implicit");
        Child(flow, "scopes");
        return flow;
    }

    private static JsonObject Child(JsonObject owner, string name)
    {
        if (owner[name] is not JsonObject child)
        {
            owner[name] = child = [];
        }

        return child;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
