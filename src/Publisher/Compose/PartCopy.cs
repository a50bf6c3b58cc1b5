using System.Text.Json;
using System.Text.Json.Nodes;
using Tollgate.Model;
using Tollgate.Publisher.Design.OpenApi;

namespace Tollgate.Publisher.Compose;

/// <summary>Copies operations from one definition into another, with all that they refer to.</summary>
internal sealed class PartCopy(JsonObject root, JsonObject source, string prefix)
{
    private const string Components = "#/components/";

    private readonly Dictionary<(string Kind, string Name), string> _names = [];

    /// <summary>False when an operation refers to something that is no component.</summary>
    public bool Copy(IEnumerable<Operation> operations)
    {
        var items = PathItems.Of(source).ToDictionary();
        foreach (var operation in operations)
        {
            var verb = operation.Verb.ToLowerInvariant();
            if (!items.TryGetValue(operation.Target, out var item) || item[verb] is not JsonObject content)
            {
                continue;
            }

            var copy = content.DeepClone().AsObject();
            AddShared(copy, item);

            // Who may call and where the backend is are the product's own matters.
            copy.Remove("security");
            copy.Remove("servers");
            if (!Rewrite(copy))
            {
                return false;
            }

            Child(root["paths"]!.AsObject(), operation.Target)[verb] = copy;
        }

        return true;
    }

    // Parameters of the path hold for its operations unless they state them anew (OpenAPI 3.0, Path Item Object).
    private void AddShared(JsonObject operation, JsonObject item)
    {
        if (item["parameters"] is not JsonArray shared)
        {
            return;
        }

        var own = operation["parameters"] as JsonArray ?? [];
        var known = own.Select(Identity).ToHashSet();
        JsonArray all = [.. own.Select(parameter => parameter?.DeepClone())];
        foreach (var parameter in shared.Where(parameter => !known.Contains(Identity(parameter))))
        {
            all.Add(parameter?.DeepClone());
        }

        operation["parameters"] = all;
    }

    private (string?, string?) Identity(JsonNode? parameter)
    {
        var meant = LocalReferences.Follow(source, parameter);
        return (meant?["name"]?.ToString(), meant?["in"]?.ToString());
    }

    // Points every reference at the copy of what it refers to.
    private bool Rewrite(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            return items.All(Rewrite);
        }

        if (node is not JsonObject members)
        {
            return true;
        }

        foreach (var (name, value) in members.ToList())
        {
            var isReference = name == "$ref" && value is JsonValue text && text.GetValueKind() == JsonValueKind.String;
            if (isReference && Copied(value!.GetValue<string>()) is var copied)
            {
                if (copied is null)
                {
                    return false;
                }

                members[name] = copied;
            }
            else if (name == "discriminator" && value?["mapping"] is JsonObject mapping)
            {
                RewriteMapping(mapping);
            }
            else if (!Rewrite(value))
            {
                return false;
            }
        }

        return true;
    }

    private void RewriteMapping(JsonObject mapping)
    {
        foreach (var (name, value) in mapping.ToList())
        {
            if (value is JsonValue && Copied(value.ToString()) is { } copied)
            {
                mapping[name] = copied;
            }
        }
    }

    // The reference to the copy; null when it is no reference to a component.
    private string? Copied(string reference)
    {
        var tokens = reference.StartsWith(Components, StringComparison.Ordinal) ? reference[Components.Length..].Split('/') : [];
        if (tokens.Length < 2 || tokens[0] == "securitySchemes")
        {
            return null;
        }

        var (kind, name) = (tokens[0], tokens[1]);
        if (!_names.TryGetValue((kind, name), out var target))
        {
            if (source["components"]?[kind]?[name] is not { } component)
            {
                return null;
            }

            var components = Child(Child(root, "components"), kind);
            target = Free(components, name);
            _names[(kind, name)] = target;
            var copy = component.DeepClone();
            components[target] = copy;
            if (!Rewrite(copy))
            {
                return null;
            }
        }

        return string.Join('/', (string[])[Components + kind, target, .. tokens[2..]]);
    }

    private string Free(JsonObject components, string name)
    {
        if (!components.ContainsKey(name))
        {
            return name;
        }

        var own = new string([.. prefix.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')]) + "_" + name;
        var free = own;
        for (var i = 2; components.ContainsKey(free); i++)
        {
            free = $"{own}{i}";
        }

        return free;
    }

    private static JsonObject Child(JsonObject owner, string name)
    {
        if (owner[name] is not JsonObject child)
        {
            child = [];
            owner[name] = child;
        }

        return child;
    }
}
