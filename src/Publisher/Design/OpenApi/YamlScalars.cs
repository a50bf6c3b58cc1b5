using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tollgate.Model;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Tollgate.Publisher.Design.OpenApi;

/// <summary>Scalars by the core schema of YAML 1.2 (section 10.3.2): <c>yes</c>, <c>on</c> and dates are text.</summary>
internal static partial class YamlScalars
{
    public const string CoreTags = "tag:yaml.org,2002:";

    /// <summary>What the scalar stands for; <c>.inf</c> and <c>.nan</c> stay text, as JSON has no such numbers.</summary>
    public static JsonNode? Value(Scalar scalar)
    {
        var kind = Kind(scalar);
        if (kind == "str" || (kind is null && scalar.Style != ScalarStyle.Plain))
        {
            return JsonValue.Create(scalar.Value);
        }

        var (value, found) = Plain(scalar.Value);
        return kind is null || kind == found || (kind == "float" && found == "int")
            ? value
            : throw Malformed.At(
                scalar.Start.Line, scalar.Start.Column, $"{Malformed.Quote(scalar.Value)} is not of the type that its tag !!{kind} says.");
    }

    /// <summary>The scalar as text, where only text can stand.</summary>
    public static JsonNode? Text(Scalar scalar)
    {
        _ = Kind(scalar);
        return JsonValue.Create(scalar.Value);
    }

    public static Refusal UnknownTag(NodeEvent node) =>
        Malformed.At(
            node.Start.Line, node.Start.Column, $"The tag {Malformed.Quote(node.Tag.Value)} is not available; only YAML's core types are.");

    // Null where the spelling decides. A lone '!' asks for text (YAML 1.2 section 6.9.1).
    private static string? Kind(Scalar scalar)
    {
        if (scalar.Tag.IsEmpty)
        {
            return null;
        }

        if (scalar.Tag.IsNonSpecific)
        {
            return "str";
        }

        var kind = scalar.Tag.Value.StartsWith(CoreTags, StringComparison.Ordinal) ? scalar.Tag.Value[CoreTags.Length..] : "";
        return kind is "str" or "int" or "float" or "bool" or "null" ? kind : throw UnknownTag(scalar);
    }

    private static (JsonNode? Value, string Kind) Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => (null, "null"),
        "true" or "True" or "TRUE" => (JsonValue.Create(true), "bool"),
        "false" or "False" or "FALSE" => (JsonValue.Create(false), "bool"),
        _ when Decimal().Match(text) is { Success: true } match => Number(match),
        _ when OctalOrHex().IsMatch(text) => (Number($"{Convert.ToUInt64(text[2..], text[1] == 'o' ? 8 : 16)}"), "int"),
        _ => (JsonValue.Create(text), "str"),
    };

    // JSON's spelling: no plus sign, no leading zeros, digits on both sides of the point. What is JSON already keeps every digit.
    private static (JsonNode? Value, string Kind) Number(Match match)
    {
        var sign = match.Groups["sign"].Value == "-" ? "-" : "";
        var whole = match.Groups["whole"].Value.TrimStart('0');
        var fraction = match.Groups["fraction"].Value;
        var exponent = match.Groups["exponent"].Value;
        var json = $"{sign}{(whole.Length == 0 ? "0" : whole)}{(fraction.Length > 1 ? fraction : "")}{exponent}";
        return (Number(json), fraction.Length + exponent.Length == 0 ? "int" : "float");
    }

    private static JsonValue? Number(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonValue.Create(document.RootElement.Clone());
    }

    [GeneratedRegex(@"^(?<sign>[-+]?)(?=\.?[0-9])(?<whole>[0-9]*)(?<fraction>(\.[0-9]*)?)(?<exponent>([eE][-+]?[0-9]+)?)\z")]
    private static partial Regex Decimal();

    // As many digits as fit 64 bits; longer ones are no limits or lengths but somebody's keys, and stay text.
    [GeneratedRegex(@"^(0o[0-7]{1,21}|0x[0-9a-fA-F]{1,16})\z")]
    private static partial Regex OctalOrHex();
}
