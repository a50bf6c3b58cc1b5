using System.Text.Json.Nodes;
using Tollgate.Model;

namespace Tollgate.DevPortal.Discover;

/// <summary>The operations of an API with what its definition says of them.</summary>
internal static class OperationLines
{
    private const int Longest = 200;

    public static IReadOnlyList<OperationLine> Of(IReadOnlyList<Operation> operations, string definition)
    {
        var paths = JsonNode.Parse(definition)?["paths"] as JsonObject;
        return
        [
            .. operations.Select(operation => new OperationLine(
                operation.Verb, operation.Target, Summary(paths?[operation.Target]?[operation.Verb.ToLowerInvariant()] as JsonObject),
                Access(operation.AuthType), operation.Scopes)),
        ];
    }

    private static string? Summary(JsonObject? operation)
    {
        var text = Text(operation?["summary"]) ?? Text(operation?["description"]);
        return text?.Length > Longest ? text[..Longest] + "..." : text;
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;

    private static string Access(string authType) => authType switch
    {
        AuthTypes.None => "nothing",
        AuthTypes.Application => "application's token",
        AuthTypes.ApplicationUser => "user's token",
        _ => "token",
    };
}
