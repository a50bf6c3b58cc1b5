using System.Text;
using System.Text.Json.Nodes;
using Tollgate.Model;
using Tollgate.Publisher.Design.OpenApi;

namespace Tollgate.Unit.Publisher.Design.OpenApi;

public sealed class SwaggerUpgradeTests
{
    private const string Pets = """
        {
          "swagger": "2.0",
          "info": { "title": "Pets", "version": "1.0", "x-team": "pets" },
          "host": "pets.example", "basePath": "/v1", "schemes": [ "https" ],
          "consumes": [ "application/json" ], "produces": [ "application/json" ],
          "paths": {
            "/pets": {
              "get": {
                "x-auth-type": "None", "x-throttling-tier": "Unlimited",
                "parameters": [ { "name": "limit", "in": "query", "type": "integer" } ],
                "responses": { "200": { "description": "Pets", "schema": { "type": "array", "items": { "$ref": "#/definitions/Pet" } } } }
              },
              "post": {
                "parameters": [ { "name": "pet", "in": "body", "schema": { "$ref": "#/definitions/Pet" } } ],
                "responses": { "201": { "description": "Made" } },
                "security": [ { "auth": [ "write:pets" ] } ]
              }
            }
          },
          "definitions": { "Pet": { "type": "object", "properties": { "name": { "type": "string" } } } },
          "securityDefinitions": {
            "auth": { "type": "oauth2", "flow": "implicit", "authorizationUrl": "https://pets.example/auth", "scopes": { "write:pets": "Change pets" } }
          }
        }
        """;

    [Fact]
    public void Read_Swagger2_BecomesOpenApi3WithItsOperationsScopesAndReferences()
    {
        var read = Read(Pets);
        Assert.Equal("2.0", read.OpenApiVersion);
        Assert.Equal(["GET /pets", "POST /pets"], read.Operations.Select(operation => $"{operation.Verb} {operation.Target}"));
        Assert.Equal(AuthTypes.None, read.Operations[0].AuthType);
        Assert.Equal(["write:pets"], read.Operations[1].Scopes);
        Assert.Equal(["https://pets.example/v1"], read.ServerUrls);
        var root = JsonNode.Parse(read.Json)!;
        Assert.StartsWith("3.0.", (string)root["openapi"]!, StringComparison.Ordinal);
        Assert.Equal("pets", (string)root["info"]!["x-team"]!);
        Assert.Equal(
            "#/components/schemas/Pet",
            (string)root["paths"]!["/pets"]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!["items"]!["$ref"]!);
    }

    [Theory]
    [InlineData("\"2.0\"", "\"1.2\"")]
    [InlineData("\"2.0\"", "2.0")]
    [InlineData("#/definitions/Pet", "http://127.0.0.1/pet")]
    [InlineData("#/definitions/Pet", "other.json#/Pet")]
    [InlineData("#/definitions/Pet", "#/definitions/Nothing")]
    [InlineData("\"title\": \"Pets\"", "\"name\": \"Pets\"")]
    [InlineData("\"paths\"", "\"path\"")]
    public void Read_SwaggerThatCannotBe_IsRefused(string what, string instead) =>
        Assert.Equal(900754, Assert.Throws<Refusal>(() => Read(Pets.Replace(what, instead, StringComparison.Ordinal))).Code);

    private static ImportedDefinition Read(string text) => DefinitionReader.Read(Encoding.UTF8.GetBytes(text), 1024 * 1024);
}
