using System.Text.Json.Nodes;
using Tollgate.Model;
using Tollgate.Publisher.Compose;
using Tollgate.Storage.Apis;

namespace Tollgate.Unit.Publisher.Compose;

/// <summary>A product's definition tells of its operations what the definitions of its APIs tell.</summary>
public sealed class ProductDefinitionTests
{
    private const string Pets =
        """
        {"openapi": "3.0.1", "info": {"title": "Pets", "version": "1"}, "servers": [{"url": "https://pets.internal"}],
         "paths": {"/pets/{id}": {
           "parameters": [{"$ref": "#/components/parameters/id"}],
           "get": {"summary": "Read a pet", "security": [{"secret": []}], "servers": [{"url": "https://pets.internal"}],
                   "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Item"}}}}}},
           "delete": {"responses": {"204": {"description": "gone"}}}}},
         "components": {"parameters": {"id": {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}},
           "securitySchemes": {"secret": {"type": "apiKey", "in": "header", "name": "X"}},
           "schemas": {"Item": {"type": "object", "properties": {
                         "parent": {"$ref": "#/components/schemas/Item"}, "kind": {"$ref": "#/components/schemas/Kind"}}},
                       "Kind": {"type": "string"}, "Unused": {"type": "string"}}}}
        """;

    private const string Toys =
        """
        {"openapi": "3.1.0", "info": {"title": "Toys", "version": "1"},
         "paths": {"/toys": {"get": {"responses": {"200": {
           "description": "ok", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Item"}}}}}}}},
         "components": {"schemas": {"Item": {"type": "integer"}}}}
        """;

    [Fact]
    public void Compose_OfTwoApis_CopiesWhatTheOperationsReferToAndKeepsNamesApart()
    {
        var root = Compose((Pets, "Pets", "/pets/{id}"), (Toys, "Toys", "/toys"));

        var get = root["paths"]!["/pets/{id}"]!["get"]!;
        Assert.Equal(("3.1.0", "Read a pet"), ((string)root["openapi"]!, (string)get["summary"]!));
        Assert.Null(root["paths"]!["/pets/{id}"]!["delete"]);
        Assert.Equal("#/components/parameters/id", (string)get["parameters"]![0]!["$ref"]!);
        Assert.Equal("#/components/schemas/Item", SchemaOf(get));
        Assert.Equal("#/components/schemas/Toys_Item", SchemaOf(root["paths"]!["/toys"]!["get"]!));
        var schemas = root["components"]!["schemas"]!;
        Assert.Equal("#/components/schemas/Item", (string)schemas["Item"]!["properties"]!["parent"]!["$ref"]!);
        Assert.Equal("integer", (string)schemas["Toys_Item"]!["type"]!);
        Assert.Equal(["Item", "Kind", "Toys_Item"], schemas.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Compose_OfAnApi_TellsNeitherItsServersNorItsOwnSchemes()
    {
        var text = Compose((Pets, "Pets", "/pets/{id}")).ToJsonString();

        Assert.DoesNotContain("pets.internal", text);
        Assert.DoesNotContain("secret", text);
    }

    [Fact]
    public void Compose_WithAReferenceToNoComponent_FallsBackToAShortDefinition()
    {
        var odd = Toys.Replace("#/components/schemas/Item", "#/paths/~1toys/get/x-shape").Replace("\"get\": {", "\"get\": {\"x-shape\": {}, ");
        var root = Compose((odd, "Odd", "/toys"));

        Assert.DoesNotContain("x-shape", root.ToJsonString());
        Assert.NotNull(root["paths"]!["/toys"]!["get"]);
    }

    [Fact]
    public void OfVersion_ChangesTheVersionOnly() =>
        Assert.Equal("2", (string)JsonNode.Parse(ProductDefinition.OfVersion(Toys, "2"))!["info"]!["version"]!);

    private static string SchemaOf(JsonNode operation) =>
        (string)operation["responses"]!["200"]!["content"]!["application/json"]!["schema"]!["$ref"]!;

    private static JsonNode Compose(params (string Definition, string Name, string Target)[] apis)
    {
        var parts = apis.Select(api => new ProductPart(Api(api.Name), new ApiContent([], api.Definition), null)).ToList();
        var operations = apis.Select(api => new Operation
        {
            Verb = "GET",
            Target = api.Target,
            Source = new OperationSource(api.Name, "https://x", null),
        }).ToList();
        return JsonNode.Parse(ProductDefinition.Compose(Api("Product"), parts, operations, []))!;
    }

    private static Api Api(string name) => new()
    {
        Id = name,
        Organization = "o",
        Name = name,
        Version = "1",
        Context = "/" + name,
        Provider = "admin",
        Design = new ApiDesign(),
        UpdatedBy = "admin",
    };
}
