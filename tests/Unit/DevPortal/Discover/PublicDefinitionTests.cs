using System.Text.Json.Nodes;
using Tollgate.DevPortal.Discover;

namespace Tollgate.Unit.DevPortal.Discover;

/// <summary>Definitions as developers download them.</summary>
public sealed class PublicDefinitionTests
{
    private const string Backend = """
        {
          "openapi": "3.1.0",
          "info": { "title": "T", "version": "1" },
          "servers": [ { "url": "https://backend.example" } ],
          "x-wso2-production-endpoints": { "urls": [ "https://backend.example" ] },
          "x-wso2-sandbox-endpoints": { "urls": [ "https://backend.example" ] },
          "x-wso2-transports": [ "https" ],
          "paths": {
            "/a": {
              "servers": [ { "url": "https://backend.example" } ],
              "get": {
                "servers": [ { "url": "https://backend.example" } ],
                "x-mediation-script": "mc.setPayload('https://backend.example')",
                "x-amzn-resource-name": "arn:aws:lambda:backend.example",
                "x-amazon-apigateway-integration": { "uri": "https://backend.example" },
                "x-wso2-request-interceptor": { "serviceURL": "https://backend.example" },
                "responses": {
                  "200": { "description": "", "links": { "next": { "operationId": "b", "server": { "url": "https://backend.example" } } } }
                }
              }
            },
            "/b": { "$ref": "#/components/pathItems/B" }
          },
          "components": {
            "pathItems": {
              "B": { "servers": [ { "url": "https://backend.example" } ], "x-google-backend": { "address": "https://backend.example" } }
            },
            "responses": {
              "R": { "description": "OK", "links": { "next": { "operationId": "b", "server": { "url": "https://backend.example" } } } }
            },
            "links": { "L": { "operationId": "b", "server": { "url": "https://backend.example" } } },
            "schemas": { "S": { "properties": { "servers": { "type": "array" }, "server": { "type": "string" } } } }
          }
        }
        """;

    [Fact]
    public void Of_TheBackend_IsNotMentionedAnywhere()
    {
        var json = PublicDefinition.Of(Backend, ["https://gw.example/t/1", "http://gw.example/t/1"]);

        Assert.DoesNotContain("backend.example", json, StringComparison.Ordinal);
        var document = JsonNode.Parse(json)!;
        Assert.Equal("""[{"url":"https://gw.example/t/1"},{"url":"http://gw.example/t/1"}]""", document["servers"]!.ToJsonString());
        Assert.Equal("""["https"]""", document["x-wso2-transports"]!.ToJsonString());
        Assert.Equal(2, document["components"]!["schemas"]!["S"]!["properties"]!.AsObject().Count);
        Assert.NotNull(document["paths"]!["/a"]!["get"]!["responses"]!["200"]);
    }

    [Fact]
    public void Of_NoGateway_IsAnEmptyList() =>
        Assert.Empty(JsonNode.Parse(PublicDefinition.Of("""{"servers":[{"url":"http://x"}]}""", []))!["servers"]!.AsArray());
}
