using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>Fields of an API that are kept: they come back as they were sent, or are refused.</summary>
public sealed class StoredFieldTests(SharedNode shared)
{
    private const string Apis = Portal.Publisher + "/apis";

    [Fact]
    public async Task Api_StoredFields_ComeBackAsTheyWereSentAndSurviveAnUpdate()
    {
        var more = JsonNode.Parse("""
            {
              "corsConfiguration": { "corsConfigurationEnabled": true, "accessControlAllowOrigins": [ "https://shop.example", "*" ],
                "accessControlAllowCredentials": true, "accessControlAllowHeaders": [ "X-Custom" ], "accessControlAllowMethods": null },
              "maxTps": { "production": 50, "productionTimeUnit": "MINUTE", "sandbox": 5 },
              "securityScheme": [ "oauth2", "api_key", "basic_auth", "mutualssl", "oauth_basic_auth_api_key_mandatory" ],
              "authorizationHeader": "X-Token", "apiKeyHeader": "X-Key", "audiences": [ "shop" ], "transport": [ "https" ],
              "responseCachingEnabled": true, "cacheTimeout": 60, "enableSchemaValidation": true,
              "businessInformation": { "businessOwner": "Ada", "businessOwnerEmail": "ada@example.com" },
              "additionalProperties": [ { "name": "team", "value": "blue", "display": true } ]
            }
            """)!.AsObject();
        var id = await shared.Portal.CreateApiAsync(shared.NewName("Full"), shared.Backend.Url, more);
        var read = await shared.Admin.GetAsync($"{Apis}/{id}").ExpectAsync(200);
        var updated = await shared.Admin.PutAsync($"{Apis}/{id}", read).ExpectAsync(200);
        foreach (var api in (JsonNode[])[read, updated])
        {
            Assert.Equal("[]", api["corsConfiguration"]!["accessControlAllowMethods"]!.ToJsonString());
            Assert.Equal("https://shop.example", (string)api["corsConfiguration"]!["accessControlAllowOrigins"]![0]!);
            Assert.Equal((50, "MINUTE", 5, "SECOND"), (
                (int)api["maxTps"]!["production"]!, (string)api["maxTps"]!["productionTimeUnit"]!, (int)api["maxTps"]!["sandbox"]!,
                (string)api["maxTps"]!["sandboxTimeUnit"]!));
            foreach (var field in (string[])["securityScheme", "authorizationHeader", "apiKeyHeader", "audiences", "transport", "responseCachingEnabled",
                "cacheTimeout", "enableSchemaValidation", "additionalProperties"])
            {
                Assert.Equal(more[field]!.ToJsonString(), api[field]!.ToJsonString());
            }
        }
    }

    [Theory]
    [InlineData("securityScheme", """["mutualssl_mandatory", "oauth2"]""")]
    [InlineData("securityScheme", """["basic_auth"]""")]
    [InlineData("securityScheme", """["magic", "oauth2"]""")]
    [InlineData("securityScheme", "[]")]
    [InlineData("maxTps", """{"production": -1}""")]
    [InlineData("maxTps", """{"production": 1, "productionTimeUnit": "YEAR"}""")]
    [InlineData("maxTps", """{"speed": 1}""")]
    [InlineData("corsConfiguration", """{"accessControlAllowMethods": ["FETCH"]}""")]
    [InlineData("corsConfiguration", """{"accessControlAllowOrigins": ["shop.example"]}""")]
    [InlineData("corsConfiguration", """{"accessControlAllowHeaders": ["a b"]}""")]
    [InlineData("apiKeyHeader", "\"a b\"")]
    [InlineData("additionalProperties", """[{"name": "tags", "value": "x", "display": true}]""")]
    [InlineData("additionalProperties", """[{"name": "a b", "value": "x", "display": true}]""")]
    [InlineData("additionalProperties", """[{"name": "a", "value": "x", "display": true}, {"name": "A", "value": "y", "display": true}]""")]
    [InlineData("responseCachingEnabled", "\"yes\"")]
    [InlineData("cacheTimeout", "-1")]
    [InlineData("mediationPolicies", """[{"name": "x"}]""")]
    [InlineData("apiPolicies", """{"request": [{"policyName": "addHeader"}]}""")]
    public async Task CreateApi_ValueThatCannotBeKept_IsRefused(string field, string value)
    {
        var name = shared.NewName("Odd");
        var answer = await shared.Admin.PostAsync(Apis, new JsonObject
        {
            ["name"] = name,
            ["version"] = "1",
            ["context"] = "/" + name.ToLowerInvariant(),
            [field] = JsonNode.Parse(value),
        });
        Assert.Equal(400, answer.Code);
    }

    [Fact]
    public async Task CreateApi_PropertiesAsAMap_BecomeTheList()
    {
        var map = JsonNode.Parse("""{"team": {"name": "team", "value": "blue", "display": true}}""");
        var id = await shared.Portal.CreateApiAsync(shared.NewName("Mapped"), shared.Backend.Url, new JsonObject { ["additionalPropertiesMap"] = map });
        var read = await shared.Admin.GetAsync($"{Apis}/{id}").ExpectAsync(200);
        Assert.Equal("""[{"name":"team","value":"blue","display":true}]""", read["additionalProperties"]!.ToJsonString());
    }
}
