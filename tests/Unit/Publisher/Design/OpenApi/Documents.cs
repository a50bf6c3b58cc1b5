using System.Text;
using System.Text.Json.Nodes;
using Tollgate.Model;
using Tollgate.Publisher.Design.OpenApi;

namespace Tollgate.Unit.Publisher.Design.OpenApi;

/// <summary>Small documents for the tests, and what the reader makes of them.</summary>
internal static class Documents
{
    private const int Limit = 1024 * 1024;

    public const string Kennel = """
        {
          "openapi": "3.0.3",
          "info": { "title": "Kennel", "version": "1.2.0", "description": "Dogs & their people", "x-team": "dogs" },
          "tags": [ { "name": "dogs" }, { "name": "people" } ],
          "x-wso2-basePath": "/kennel/1.2.0",
          "paths": {
            "x-note": 7,
            "/dogs": {
              "summary": "All dogs",
              "post": { "operationId": "add", "responses": { "201": { "description": "Added" } } },
              "get": { "tags": [ "dogs" ], "responses": { "200": { "$ref": "#/components/responses/Dogs" } } }
            },
            "/dogs/{dogId}": {
              "parameters": [ { "name": "dogId", "in": "path", "required": true, "schema": { "type": "string" } } ],
              "delete": { "responses": { "204": { "description": "Gone" } } }
            }
          },
          "components": {
            "responses": {
              "Dogs": {
                "description": "Some dogs",
                "content": { "application/json": { "schema": { "type": "array", "items": { "$ref": "#/components/schemas/Dog" } } } }
              }
            },
            "schemas": {
              "Dog": {
                "type": "object",
                "properties": { "weight": { "type": "number", "minimum": 1.0 }, "mother": { "$ref": "#/components/schemas/Dog" } }
              }
            }
          }
        }
        """;

    public const string KennelYaml = """
        # The same kennel
        openapi: 3.1.0
        info:
          title: Kennel
          version: 1.10
          description: >-
            Dogs &
            their people
        tags: [{name: dogs}, {name: people}]
        paths:
          /dogs:
            summary: All dogs
            post:
              operationId: add
              responses:
                201: {description: Added}
            get:
              tags:
              - dogs
              responses:
                '200': {$ref: '#/components/responses/Dogs'}
          /dogs/{dogId}:
            parameters:
              - {name: dogId, in: path, required: true, schema: {type: string}}
            delete:
              responses:
                204:
                  description: Gone
        components:
          responses:
            Dogs:
              description: Some dogs
        """;

    public static ImportedDefinition Read(string text, int limit = Limit) => DefinitionReader.Read(Encoding.UTF8.GetBytes(text), limit);

    /// <summary>The sentence with which a document is refused as malformed.</summary>
    public static string Refused(string text) => Refused(Encoding.UTF8.GetBytes(text));

    public static string Refused(byte[] content)
    {
        var refusal = Assert.Throws<Refusal>(() => DefinitionReader.Read(content, Limit));
        Assert.Equal((400, 900754), (refusal.Status, refusal.Code));
        return refusal.Description;
    }

    /// <summary>A document of OpenAPI 3.0 in JSON with these members beside its frame.</summary>
    public static string With(string members, string version = "3.0.3") =>
        $$"""{"openapi":"{{version}}","info":{"title":"T","version":"1"},{{members}}}""";

    /// <summary>A document with one path, <c>/a</c>.</summary>
    public static string WithPath(string item, string members = "") => With($$"""{{members}}"paths":{"/a":{{item}}}""");

    /// <summary>A document with one operation, GET <c>/a</c>, that has these members.</summary>
    public static string WithGet(string content, string members = "") =>
        WithPath("{\"get\":{" + content + "\"responses\":{\"200\":{\"description\":\"OK\"}}}}", members);

    /// <summary>A document in YAML with this text below its frame.</summary>
    public static string Yaml(string text) => $"openapi: 3.0.3\ninfo: {{title: T, version: 1}}\npaths: {{}}\n{text}\n";

    /// <summary>The JSON of what stands under <c>x</c> in a document in YAML.</summary>
    public static string YamlValue(string text) => Node(Read(Yaml(text)).Json, "x")?.ToJsonString() ?? "null";

    public static JsonNode? Node(string json, params string[] path) =>
        path.Aggregate(JsonNode.Parse(json), (node, name) => node is JsonArray items ? items[int.Parse(name)] : node?[name]);
}
