namespace Tollgate.Unit.Publisher.Design.OpenApi;

/// <summary>References: inside the document, or refused.</summary>
public sealed class LocalReferencesTests
{
    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("https://example.org/a.yaml#/Dog")]
    [InlineData("//example.org/a.yaml")]
    [InlineData("other.yaml#/Dog")]
    [InlineData("./other.json")]
    [InlineData("../other.json")]
    [InlineData("/etc/passwd")]
    [InlineData("Dog")]
    [InlineData("#Dog")]
    [InlineData("#")]
    [InlineData("")]
    public void Reference_OutOfTheDocument_IsRefusedWithItsPlace(string reference) =>
        Assert.Equal(
            $"The $ref '{reference}' at '#/components/schemas/A' leads out of the document. "
            + "Only references that begin with '#/' are followed; put the content here.",
            Documents.Refused(WithSchema($$"""{"$ref":"{{reference}}"}""")));

    [Theory]
    [InlineData("\"x-a\":[{\"b/c\":{\"$ref\":\"x.json\"}}]", "#/x-a/0/b~1c")]
    [InlineData("\"components\":{\"examples\":{\"A\":{\"value\":{\"$ref\":\"x.json\"}}}}", "#/components/examples/A/value")]
    public void Reference_OutOfTheDocument_IsRefusedAnywhere(string member, string place) =>
        Assert.StartsWith($"The $ref 'x.json' at '{place}' leads out", Documents.Refused(Documents.With($"\"paths\":{{}},{member}")));

    [Fact]
    public void Reference_OfAnyLength_IsShownCut() =>
        Assert.StartsWith(
            $"The $ref '{new string('a', 100)}…' at",
            Documents.Refused(WithSchema($$"""{"$ref":"{{new string('a', 101)}}"}""")));

    [Theory]
    [InlineData("#/components/schemas/B")]
    [InlineData("#/components/schemas/A/properties")]
    [InlineData("#/components/schemas/A/0")]
    [InlineData("#/tags/2")]
    [InlineData("#/tags/-1")]
    [InlineData("#/tags/x")]
    [InlineData("#/info/title/x")]
    [InlineData("#//")]
    public void Reference_ToNothing_IsRefused(string reference) =>
        Assert.Equal(
            $"The $ref '{reference}' at '#/components/schemas/C' leads to nothing in this document.",
            Documents.Refused(Documents.With($$$"""
                "tags":[{"name":"a"},{"name":"b"}],"paths":{},
                "components":{"schemas":{"A":{"type":"string"},"C":{"$ref":"{{{reference}}}"} } }
                """)));

    [Theory]
    [InlineData("#/x-a~1b~0%20c/d")]
    [InlineData("#/x-a~1b~0%20c/%64")]
    [InlineData("#/tags/1")]
    [InlineData("#/info/title")]
    public void Reference_ToSomething_IsRead(string reference) =>
        Assert.Empty(Documents.Read(Documents.With($$"""
            "tags":[{"name":"a"},{"name":"b"}],"paths":{},"x-a/b~ c":{"d":[]},"x-e":{"$ref":"{{reference}}"}
            """)).Operations);

    [Fact]
    public void Schema_ThatContainsItself_IsRead() =>
        Assert.Empty(Documents.Read(WithSchema("""{"type":"object","properties":{"a":{"$ref":"#/components/schemas/A"}}}""")).Operations);

    [Fact]
    public void Property_NamedRef_IsNoReference() =>
        Assert.Empty(Documents.Read(WithSchema("""{"type":"object","properties":{"$ref":{"type":"string"}}}""")).Operations);

    [Theory]
    [InlineData("""{"$ref":"#/components/schemas/A"}""")]
    [InlineData("""{"$ref":"#/components/schemas/B"},"B":{"$ref":"#/components/schemas/A"}""")]
    public void Schemas_ThatAreOnlyEachOther_AreRefused(string schemas) =>
        Assert.EndsWith("leads in a circle, or through more than 32 references.", Documents.Refused(WithSchema(schemas)));

    [Theory]
    [InlineData(31, false)]
    [InlineData(32, true)]
    [InlineData(20_000, true)]
    public void Chain_LongerThanTheLimit_IsRefused(int length, bool refused)
    {
        // In both orders: each link is looked at once.
        var links = Enumerable.Range(0, length).Select(i => $$"""S{{i}}":{"$ref":"#/components/schemas/S{{i + 1}}"}""").ToList();
        foreach (var order in (IEnumerable<string>[])[links, links.AsEnumerable().Reverse()])
        {
            var document = Documents.With($$$"""
                "paths":{},
                "components":{"schemas":{"{{{string.Join(",\"", order)}}},
                  "S{{{length}}}":{"type":"string"},"T":{"$ref":"#/components/schemas/S0"} } }
                """);
            if (refused)
            {
                Assert.EndsWith("leads in a circle, or through more than 32 references.", Documents.Refused(document));
            }
            else
            {
                Documents.Read(document);
            }
        }
    }

    private static string WithSchema(string schema) => Documents.With($$$"""
        "paths":{},"components":{"schemas":{"A":{{{schema}}} } }
        """);
}
