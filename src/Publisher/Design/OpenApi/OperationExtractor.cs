using System.Text.Json.Nodes;
using Tollgate.Model;

namespace Tollgate.Publisher.Design.OpenApi;

/// <summary>The operations of a document, with the settings that extensions and security requirements give them.</summary>
internal sealed class OperationExtractor
{
    private readonly JsonObject _root;
    private readonly SecuritySchemes _schemes;
    private readonly IReadOnlyList<string> _documentScopes;

    private OperationExtractor(JsonObject root)
    {
        _root = root;
        _schemes = new SecuritySchemes(root);
        _documentScopes = _schemes.Required(root["security"]) ?? [];
    }

    public static IReadOnlyList<ImportedOperation> Extract(JsonObject root) => [.. new OperationExtractor(root).All()];

    private IEnumerable<ImportedOperation> All()
    {
        foreach (var (path, item) in PathItems.Of(_root))
        {
            foreach (var (name, value) in item)
            {
                if (PathItems.Verbs.Contains(name))
                {
                    yield return Read(path, name, value);
                }
                else if (name == "trace" || PathItems.Verbs.Contains(name.ToLowerInvariant()))
                {
                    // Left out in silence, the operation would be documented and not answer. TRACE shows a client what proxies added to its
                    // request, credentials included; and GET in capitals is no operation to OpenAPI.
                    throw Malformed.Document(
                        $"{Malformed.Quote(Place(path, name))} cannot be published; operations are "
                        + $"{string.Join(", ", PathItems.Verbs)}, in small letters.");
                }
            }
        }
    }

    private static string Place(string path, string verb) => JsonPointer.Append(JsonPointer.Append("#/paths", path), verb);

    private ImportedOperation Read(string path, string verb, JsonNode? node)
    {
        var place = Place(path, verb);
        var content = node as JsonObject ?? throw Malformed.Document($"{Malformed.Quote(place)} must be an object.");
        var authType = AuthType(content, place);
        var policy = Named(content, "x-throttling-tier", place) ?? Named(content, "x-wso2-throttling-tier", place);
        var stated = OperationScopes.Stated(content, _schemes, place);
        var inherited = content.ContainsKey("security") ? [] : _documentScopes;
        var operation = new Operation
        {
            Target = path,
            Verb = verb.ToUpperInvariant(),
            AuthType = authType ?? AuthTypes.Any,
            ThrottlingPolicy = policy ?? ThrottlingPolicy.Unlimited,
            Scopes = stated ?? inherited,
        };

        // The document's requirement without scopes is a habit of generators, not a word about every operation.
        return new ImportedOperation(operation, authType is not null, policy is not null, stated is not null || inherited.Count > 0);
    }

    // Who may call is said by extensions alone: an empty security list, which is easily written by a tool, opens nothing.
    private static string? AuthType(JsonObject content, string place)
    {
        if (Named(content, "x-auth-type", place) is not { } text)
        {
            return Fields.IsTrue(content, "x-wso2-disable-security") ? AuthTypes.None : null;
        }

        var spelling = text.Replace('_', ' ');
        return AuthTypes.All.FirstOrDefault(type => type.Equals(spelling, StringComparison.OrdinalIgnoreCase))
            ?? throw Malformed.Document(
                $"The x-auth-type {Malformed.Quote(text)} at {Malformed.Quote(place)} is none of {string.Join(", ", AuthTypes.All)}.");
    }

    private static string? Named(JsonObject content, string name, string place) =>
        Fields.Text(content, name, place)?.Trim() is { Length: > 0 } text ? text : null;
}
