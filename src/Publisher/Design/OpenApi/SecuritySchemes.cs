using System.Text.Json;
using System.Text.Json.Nodes;
using Tollgate.Model;

namespace Tollgate.Publisher.Design.OpenApi;

/// <summary>The security schemes of a document: the scopes they declare, and what a security requirement asks for.</summary>
internal sealed class SecuritySchemes
{
    public const string Bindings = "x-scopes-bindings";

    private readonly JsonObject _root;
    private readonly JsonObject _schemes;

    public SecuritySchemes(JsonObject root)
    {
        _root = root;
        _schemes = Fields.Object(Fields.Object(root, "components", "#"), "securitySchemes", "#/components");
    }

    /// <summary>The flows of all OAuth2 schemes that list scopes.</summary>
    public IEnumerable<JsonObject> Flows() =>
        from entry in _schemes
        let scheme = LocalReferences.Follow(_root, entry.Value)
        where scheme is not null && Type(scheme) == "oauth2" && scheme["flows"] is JsonObject
        from flow in (JsonObject)scheme["flows"]!
        where flow.Value is JsonObject && flow.Value["scopes"] is JsonObject
        select (JsonObject)flow.Value!;

    /// <summary>Each declared scope once; where several flows declare it, the first description and all role bindings.</summary>
    public IReadOnlyList<Scope> Declared() =>
    [
        .. from flow in Flows()
           from entry in (JsonObject)flow["scopes"]!
           group (Description: IsText(entry.Value) ? entry.Value!.GetValue<string>() : "", Roles: Roles(flow, entry.Key)) by entry.Key
           into scope
           select new Scope
           {
               Name = scope.Key,
               Description = scope.Select(declared => declared.Description).FirstOrDefault(text => text.Length > 0),
               Bindings = [.. scope.SelectMany(declared => declared.Roles).Distinct(StringComparer.OrdinalIgnoreCase)],
           },
    ];

    /// <summary>The scopes that a security requirement names; null when it says nothing about scopes.</summary>
    /// <remarks>Alternatives are joined, as any one of an operation's scopes is enough for the gateway.</remarks>
    public IReadOnlyList<string>? Required(JsonNode? security)
    {
        var requirements = (security as JsonArray ?? []).OfType<JsonObject>().SelectMany(requirement => requirement).ToList();
        if (requirements.Count > DefinitionLimits.MaxRequirements)
        {
            throw Malformed.Document($"A security requirement names more than {DefinitionLimits.MaxRequirements} schemes.");
        }

        var lists = requirements.Where(entry => AsksScopes(entry.Key)).Select(entry => entry.Value as JsonArray ?? []).ToList();
        if (lists.Count == 0)
        {
            return null;
        }

        var scopes = lists.SelectMany(list => list).Where(IsText).Select(scope => scope!.GetValue<string>()).Distinct().ToList();
        CheckCount(scopes.Count);
        return scopes;
    }

    public static void CheckCount(int scopes)
    {
        if (scopes > DefinitionLimits.MaxScopes)
        {
            throw Malformed.Document($"The document has {scopes} scopes; at most {DefinitionLimits.MaxScopes} are allowed.");
        }
    }

    /// <summary>True where the list under a scheme's name is one of scopes.</summary>
    /// <remarks>So for schemes that nobody declared as well: an operation must not lose its scopes to a misspelt name.</remarks>
    public bool AsksScopes(string scheme) => Type(LocalReferences.Follow(_root, _schemes[scheme])) is null or "oauth2" or "openIdConnect";

    private static string? Type(JsonObject? scheme) =>
        scheme is not null && IsText(scheme["type"]) ? scheme["type"]!.GetValue<string>() : null;

    private static bool IsText(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String;

    private static string[] Roles(JsonObject flow, string scope) =>
        (Fields.Text(Fields.Object(flow, Bindings, "#/components/securitySchemes"), scope, "#/components/securitySchemes") ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
