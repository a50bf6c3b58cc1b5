using System.Text.Json;

namespace Tollgate.Contracts.Check;

/// <summary>Compares a JSON value with a type as if every object were closed: a field that the schema does not list is a problem.</summary>
public sealed class BodyCheck(IReadOnlyDictionary<string, Schema> schemas, Func<string, bool>? isExtension = null)
{
    /// <summary>What is wrong, each with the JSON path of where.</summary>
    public IReadOnlyList<string> Problems(JsonElement value, string type)
    {
        List<string> problems = [];
        Check(value, type, "$", problems);
        return problems;
    }

    private void Check(JsonElement value, string type, string path, List<string> problems)
    {
        if (type.EndsWith('?'))
        {
            if (value.ValueKind == JsonValueKind.Null)
            {
                return;
            }

            type = type[..^1];
        }

        switch (type[0])
        {
            case '#':
                CheckSchema(value, type[1..], path, problems);
                break;
            case '[' when value.ValueKind == JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Check(item, type[1..^1], $"{path}[{index++}]", problems);
                }

                break;
            case '{' when value.ValueKind == JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    Check(member.Value, type[1..^1], $"{path}.{member.Name}", problems);
                }

                break;
            case '=' when value.ValueKind == JsonValueKind.String:
                if (!type[1..].Split('|').Contains(value.GetString()))
                {
                    problems.Add($"{path}: '{value.GetString()}' is none of {type[1..]}");
                }

                break;
            default:
                if (!IsPlain(value, type))
                {
                    problems.Add($"{path}: {value.ValueKind} where the contract has {type}");
                }

                break;
        }
    }

    private void CheckSchema(JsonElement value, string name, string path, List<string> problems)
    {
        if (!schemas.TryGetValue(name, out var schema))
        {
            problems.Add($"{path}: the facts have no schema {name}");
        }
        else if (schema.Alias is { } alias)
        {
            Check(value, alias, path, problems);
        }
        else if (value.ValueKind != JsonValueKind.Object)
        {
            problems.Add($"{path}: {value.ValueKind} where the contract has {name}");
        }
        else
        {
            CheckFields(value, name, schema, path, problems);
        }
    }

    private void CheckFields(JsonElement value, string name, Schema schema, string path, List<string> problems)
    {
        HashSet<string> seen = [];
        foreach (var member in value.EnumerateObject())
        {
            seen.Add(member.Name);
            if (isExtension?.Invoke($"{name}.{member.Name}") is true)
            {
                continue;
            }

            if (schema.Fields.TryGetValue(member.Name, out var field))
            {
                Check(member.Value, field.Type, $"{path}.{member.Name}", problems);
            }
            else if (schema.Others is { } others)
            {
                Check(member.Value, others, $"{path}.{member.Name}", problems);
            }
            else
            {
                problems.Add($"{path}.{member.Name}: {name} has no such field");
            }
        }

        problems.AddRange(
            from field in schema.Fields
            where field.Value.Required && !seen.Contains(field.Key)
            select $"{path}.{field.Key}: required in {name}, and missing");
    }

    private static bool IsPlain(JsonElement value, string type) => type switch
    {
        "any" => true,
        "object" => value.ValueKind == JsonValueKind.Object,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => false,
    };
}
