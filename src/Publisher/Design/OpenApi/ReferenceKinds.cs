using System.Collections.Frozen;

namespace Tollgate.Publisher.Design.OpenApi;

/// <summary>What stands where in an OpenAPI 3 document, as far as references are concerned: what a reference leads to depends on its place.</summary>
internal static class ReferenceKinds
{
    public const string Document = "document";
    public const string PathItem = "pathItem";

    // A star behind a kind: a map or list of it.
    private const char Many = '*';

    private static readonly FrozenDictionary<string, string> Members = Pairs(
        """
        document.paths=pathItem* document.webhooks=pathItem* document.components=components
        components.schemas=schema* components.parameters=parameter* components.responses=response* components.requestBodies=requestBody*
        components.headers=header* components.examples=example* components.links=link* components.callbacks=callback* components.pathItems=pathItem*
        pathItem.parameters=parameter* pathItem.get=operation pathItem.put=operation pathItem.post=operation pathItem.delete=operation
        pathItem.options=operation pathItem.head=operation pathItem.patch=operation pathItem.trace=operation
        operation.parameters=parameter* operation.requestBody=requestBody operation.responses=response* operation.callbacks=callback*
        parameter.schema=schema parameter.content=mediaType* parameter.examples=example*
        header.schema=schema header.content=mediaType* header.examples=example*
        requestBody.content=mediaType* response.content=mediaType* response.headers=header* response.links=link*
        mediaType.schema=schema mediaType.examples=example*
        schema.properties=schema* schema.patternProperties=schema* schema.definitions=schema* schema.$defs=schema* schema.dependentSchemas=schema*
        schema.items=schema schema.prefixItems=schema* schema.additionalProperties=schema schema.not=schema schema.if=schema schema.then=schema
        schema.else=schema schema.contains=schema schema.propertyNames=schema schema.allOf=schema* schema.anyOf=schema* schema.oneOf=schema*
        """);

    private static readonly FrozenDictionary<string, string> Components = Pairs(
        """
        schema=schemas parameter=parameters response=responses requestBody=requestBodies header=headers example=examples link=links callback=callbacks
        """);

    /// <summary>The kind of a member, or of an item of a list; empty where no reference is looked for.</summary>
    public static string Of(string kind, string name) => kind.EndsWith(Many) ? kind[..^1]
        : kind == "callback" ? PathItem
        : Members.GetValueOrDefault($"{kind}.{name}", "");

    /// <summary>Under which name components of this kind stand; null where there are none.</summary>
    public static string? Component(string kind) => Components.GetValueOrDefault(kind);

    private static FrozenDictionary<string, string> Pairs(string text) => text
        .Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=')).ToFrozenDictionary(pair => pair[0], pair => pair[1]);
}
