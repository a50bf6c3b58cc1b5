namespace Tollgate.Unit.Publisher.Design.OpenApi;

/// <summary>The structure that the specification asks for.</summary>
public sealed class OpenApiStructureTests
{
    [Theory]
    [InlineData("\"components\":[]", "'#/components': components must be a map/object.")]
    [InlineData("\"components\":{\"schemas\":{\"A\":{\"required\":\"a\"}}}", "'#/components/schemas/A/required': Expected list.")]
    [InlineData("\"components\":{\"schemas\":{\"A\":{\"properties\":[]}}}", "'#/components/schemas/A/properties': Expected map.")]
    public void Member_OfAnotherType_IsRefusedWithItsPlace(string member, string sentence) =>
        Assert.Equal($"The document is not valid OpenAPI. {sentence}", Documents.Refused(Documents.With($"\"paths\":{{}},{member}")));

    [Fact]
    public void Parameter_NotInTheTemplate_IsRefused() =>
        Assert.Equal(
            "The document is not valid OpenAPI. '#/paths/~1a/get/parameters/0/in': Declared path parameter \"id\" needs to be defined as a "
            + "path parameter at either the path or operation level.",
            Documents.Refused(Documents.WithGet("\"parameters\":[{\"name\":\"id\",\"in\":\"path\",\"required\":true}],")));

    [Fact]
    public void Findings_MoreThanThree_AreCounted() =>
        Assert.EndsWith(
            " And 2 more.",
            Documents.Refused(Documents.WithGet($"\"parameters\":[{string.Join(',', Enumerable.Repeat("{\"in\":\"query\"}", 5))}],")));

    [Fact]
    public void Finding_OfAnyLength_IsShownCut() =>
        Assert.InRange(
            Documents.Refused(Documents.With($$$"""
                "paths":{},"components":{"schemas":{"{{{new string('ä', 10_000)}}}":{} } }
                """)).Length,
            200,
            400);

    [Theory]
    [InlineData("3.0.3", """{"oneOf":[{"type":"string"}],"discriminator":{"propertyName":"kind"}}""")]
    [InlineData("3.0.3", """{"type":"string","const":1,"nonsense":true}""")]
    [InlineData("3.1.0", """{"properties":{"a":true},"unevaluatedProperties":false}""")]
    [InlineData("3.1.0", """{"type":["string","null"],"maxLength":1.0}""")]
    [InlineData("3.1.0", "true")]
    public void Schema_ValidOrHarmless_IsRead(string version, string schema) =>
        Assert.Empty(Documents.Read(Documents.With($$$"""
            "paths":{},"components":{"schemas":{"A":{{{schema}}} } }
            """, version)).Operations);

    [Fact]
    public void Operation_WithoutResponses_IsRead() =>
        Assert.Single(Documents.Read("""{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{"/a":{"get":{}}}}""").Operations);

    [Fact]
    public void Paths_ThatDifferInParameterNames_AreRead() =>
        Assert.Equal(2, Documents.Read(Documents.With("""
            "paths":{"/a/{x}":{"get":{"responses":{"200":{"description":"OK"}}}},
              "/a/{y}":{"put":{"responses":{"200":{"description":"OK"}}}}}
            """)).Operations.Count);
}
