using System.Text.Json.Nodes;
using Tollgate.Model;

namespace Tollgate.Publisher.Design.OpenApi;

/// <summary>Reads an OpenAPI document of version 2.0, 3.0 or 3.1, in JSON or YAML.</summary>
internal static class DefinitionReader
{
    /// <summary>The document's content, or a refusal that says what is wrong and where.</summary>
    public static ImportedDefinition Read(ReadOnlyMemory<byte> content, int maxBytes) => Read(DefinitionText.Parse(content.Span, maxBytes));

    /// <summary>The same for a document that is a tree already.</summary>
    public static ImportedDefinition Read(JsonObject document)
    {
        var version = SwaggerUpgrade.VersionOf(document);
        var root = SwaggerUpgrade.Apply(document);
        DocumentChecks.Check(root);
        LocalReferences.Check(root);
        PathItems.Check(root);
        OpenApiStructure.Check(root);
        var operations = OperationExtractor.Extract(root);
        var info = (JsonObject)root["info"]!;
        return new ImportedDefinition
        {
            Json = StoredDefinition.Write(root),
            OpenApiVersion = version,
            Title = Fields.Text(info, "title", "#/info")!,
            Version = Fields.Text(info, "version", "#/info")!,
            Description = Fields.Text(info, "description", "#/info"),
            Imported = operations,
            Scopes = Scopes(root, operations),
            ProductionUrls = Urls(root, "x-wso2-production-endpoints"),
            SandboxUrls = Urls(root, "x-wso2-sandbox-endpoints"),
            ServerUrls =
            [
                .. (root["servers"] as JsonArray ?? []).OfType<JsonObject>().Select(server => Fields.Text(server, "url", "#/servers")).OfType<string>(),
            ],
            AuthorizationHeader = Fields.Text(root, "x-wso2-auth-header", "#"),
            Transports = Fields.Texts(root, "x-wso2-transports", "#"),
            Tags = Tags(root),
            BasePath = Fields.Text(root, "x-wso2-basePath", "#"),
        };
    }

    private static IReadOnlyList<Scope> Scopes(JsonObject root, IReadOnlyList<ImportedOperation> operations)
    {
        var declared = new SecuritySchemes(root).Declared();
        var required = operations.SelectMany(imported => imported.Operation.Scopes).Distinct(StringComparer.Ordinal);
        IReadOnlyList<Scope> scopes =
            [.. declared, .. required.Except(declared.Select(scope => scope.Name)).Select(name => new Scope { Name = name })];
        SecuritySchemes.CheckCount(scopes.Count);
        return scopes;
    }

    private static IReadOnlyList<string> Urls(JsonObject root, string extension) =>
        Fields.Texts(Fields.Object(root, extension, "#"), "urls", $"#/{extension}");

    private static IReadOnlyList<string> Tags(JsonObject root) =>
        [.. (root["tags"] as JsonArray ?? []).OfType<JsonObject>().Select(tag => Fields.Text(tag, "name", "#/tags")).OfType<string>()];
}
