using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Tollgate.Model;

namespace Tollgate.Publisher.Design.OpenApi;

/// <summary>Makes OpenAPI 3.0 of a Swagger 2.0 document; there is one form of definitions from here on.</summary>
internal static class SwaggerUpgrade
{
    /// <summary>What the document says of its own version; empty when it says nothing.</summary>
    public static string VersionOf(JsonObject document) => (document["openapi"] ?? document["swagger"]) is JsonValue version ? version.ToString() : "";

    /// <summary>The document itself unless it is Swagger.</summary>
    public static JsonObject Apply(JsonObject document)
    {
        if (document["swagger"] is not { } swagger)
        {
            return document;
        }

        if (swagger.GetValueKind() != JsonValueKind.String || swagger.GetValue<string>() != "2.0")
        {
            throw Malformed.Document($"The Swagger version {Malformed.Quote(swagger.ToJsonString())} is not supported; it must be the text '2.0'.");
        }

        RefuseNoPaths(document);
        LocalReferences.Check(document);
        return (JsonObject)JsonNode.Parse(Write(document), null, new JsonDocumentOptions { MaxDepth = DefinitionLimits.MaxDepth })!;
    }

    private static string Write(JsonObject document)
    {
        try
        {
            var read = OpenApiStructure.Read(document);
            OpenApiStructure.Refuse(read.Diagnostic?.Errors ?? []);
            using var text = new StringWriter(CultureInfo.InvariantCulture);
            read.Document!.SerializeAsV3(new OpenApiJsonWriter(text));
            return text.ToString();
        }
        catch (Exception error) when (error is not (OutOfMemoryException or Refusal))
        {
            // Nothing to fall back to here: what the library cannot read it cannot convert.
            throw Malformed.Document("The Swagger 2.0 document cannot be converted to OpenAPI 3.0; convert it with an editor and import the result.");
        }
    }

    private static void RefuseNoPaths(JsonObject document)
    {
        if (document["paths"] is not JsonObject || document["info"] is not JsonObject)
        {
            throw Malformed.Document("A Swagger document needs the objects 'info' and 'paths'.");
        }
    }
}
