using YamlDotNet.RepresentationModel;

namespace Tollgate.Contracts.Extract;

/// <summary>Turns schemas into named types; those that no answer reaches are left out.</summary>
internal sealed class SchemaReader(YamlMappingNode components)
{
    private const int MostValues = 16;

    private readonly Dictionary<string, Schema?> _found = [];

    public Dictionary<string, Schema> Found() => _found.ToDictionary(pair => pair.Key, pair => pair.Value!);

    /// <summary>Reads a component unless it has been read.</summary>
    public void Need(string name)
    {
        if (!_found.ContainsKey(name) && components.Map(name) is { } schema)
        {
            _found[name] = null; // schemas may refer to themselves
            _found[name] = Named(schema, name, DerivedFrom(name));
        }
    }

    /// <summary>The type as text; objects within objects become schemas named after where they stand.</summary>
    public string TypeOf(YamlMappingNode schema, string place)
    {
        if (schema.Text("$ref") is { } reference)
        {
            var name = reference.Split('/')[^1];
            Need(name);
            return "#" + name;
        }

        // The contracts write one reference with texts of its own as an allOf of one.
        var type = schema.Items("allOf") is [YamlMappingNode only] ? TypeOf(only, place) : Plain(schema, place);
        return schema.Text("nullable") == "true" ? type + "?" : type;
    }

    private string Plain(YamlMappingNode schema, string place)
    {
        switch (schema.Text("type"))
        {
            case "string":
                return Values(schema) is { Count: > 0 and <= MostValues } values ? "=" + string.Join('|', values) : "string";
            case "array":
                return $"[{(schema.Map("items") is { } items ? TypeOf(items, place) : "any")}]";
            case "integer" or "number" or "boolean":
                return schema.Text("type")!;
        }

        if (HasFields(schema))
        {
            _found[place] = null;
            _found[place] = Object(schema, place, []);
            return "#" + place;
        }

        return schema.Map("additionalProperties") is { Children.Count: > 0 } others ? $"{{{TypeOf(others, place)}}}"
            : schema.Text("type") == "object" ? "object" : "any";
    }

    private Schema Named(YamlMappingNode schema, string name, List<YamlMappingNode> derived) =>
        HasFields(schema) || schema.Items("allOf").Count > 1
            ? Object(schema, name, derived)
            : new Schema(TypeOf(schema, name), new Dictionary<string, Field>(), null);

    private Schema Object(YamlMappingNode schema, string name, List<YamlMappingNode> derived)
    {
        Dictionary<string, Field> fields = [];
        string? others = null;
        foreach (var part in Parts(schema))
        {
            var required = part.Items("required").Select(item => item.ToString()).ToHashSet();
            foreach (var (field, type) in part.Map("properties")?.Entries() ?? [])
            {
                fields[field] = new Field(
                    TypeOf((YamlMappingNode)type, $"{name}.{field}"), required.Contains(field), type.Text("readOnly") == "true");
            }

            // A part may require what another part declares.
            foreach (var field in required.Where(fields.ContainsKey))
            {
                fields[field] = fields[field] with { Required = true };
            }

            others ??= part.Map("additionalProperties") is { } more ? TypeOf(more, name + ".*") : null;
        }

        // What carries a discriminator may be any of the schemas built on it.
        foreach (var (field, type) in derived.SelectMany(Parts).SelectMany(part => part.Map("properties")?.Entries() ?? []))
        {
            fields.TryAdd(field, new Field(TypeOf((YamlMappingNode)type, $"{name}.{field}"), false));
        }

        return new Schema(null, fields, others);
    }

    private IEnumerable<YamlMappingNode> Parts(YamlMappingNode schema)
    {
        if (schema.Text("$ref") is { } reference)
        {
            return Parts(components.Map(reference.Split('/')[^1])!);
        }

        return [.. schema.Items("allOf").OfType<YamlMappingNode>().SelectMany(Parts), schema];
    }

    private List<YamlMappingNode> DerivedFrom(string name) => components.Map(name)?.Map("discriminator") is null ? [] :
    [
        .. from pair in components.Entries()
           where pair.Value.Items("allOf").Any(part => part.Text("$ref")?.Split('/')[^1] == name)
           select (YamlMappingNode)pair.Value,
    ];

    private static bool HasFields(YamlMappingNode schema) => schema.Map("properties") is { Children.Count: > 0 };

    private static List<string> Values(YamlMappingNode schema) => [.. schema.Items("enum").Select(item => item.ToString())];
}
