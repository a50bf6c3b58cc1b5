using Tollgate.Publisher.Design.OpenApi;

namespace Tollgate.Unit.Publisher.Design.OpenApi;

/// <summary>Paths, path items that are references, and what is no operation.</summary>
public sealed class PathItemsTests
{
    private const string Item = """{"get":{"responses":{"200":{"description":"OK"}},"x-auth-type":"None"}}""";

    [Fact]
    public void Reference_ToAnotherPath_GivesItsOperations() =>
        Assert.Equal(
            ["GET /a None", "GET /b None"],
            Operations($$"""{"/a":{"$ref":"#/paths/~1b"},"/b":{{Item}} }"""));

    [Fact]
    public void Reference_ToComponents_GivesTheirOperationsAndOwnMembersWin() =>
        Assert.Equal(
            ["GET /a None", "POST /b Any", "GET /b Application"],
            Operations(
                """
                {"/a":{"$ref":"#/components/pathItems/Y"},
                 "/b":{"$ref":"#/components/pathItems/X","get":{"x-auth-type":"Application","responses":{"200":{"description":"OK"}}}}}
                """,
                """
                "components":{"pathItems":{
                  "Y":{"$ref":"#/components/pathItems/Z"},
                  "Z":{"get":{"x-auth-type":"None","responses":{"200":{"description":"OK"}}}},
                  "X":{"post":{"responses":{"200":{"description":"OK"}}},
                    "get":{"x-auth-type":"None","responses":{"200":{"description":"OK"}}}}}},
                """));

    [Theory]
    [InlineData("""{"/a":{"$ref":"#/paths/~1a"}}""")]
    [InlineData("""{"/a":{"$ref":"#/paths/~1b"},"/b":{"$ref":"#/paths/~1a"}}""")]
    public void Reference_InACircle_IsRefused(string paths) =>
        Assert.EndsWith("leads in a circle, or through more than 32 references.", Documents.Refused(Documents.With($"\"paths\":{paths}")));

    [Theory]
    [InlineData("#/info")]
    [InlineData("#/x-items/a")]
    [InlineData("#/paths/~1b/get")]
    public void Reference_ToSomethingElse_IsRefused(string reference) =>
        Assert.Equal(
            "The path '/a' may refer to '#/components/pathItems/…' or another path only.",
            Documents.Refused(Documents.With($$"""
                "x-items":{"a":{} },"paths":{"/a":{"$ref":"{{reference}}"},"/b":{{Item}} }
                """)));

    [Fact]
    public void References_ToALargePathItem_AreRefusedBeforeTheyAreRepeated()
    {
        var values = string.Join(',', Enumerable.Repeat('1', 1_000));
        var paths = string.Join(',', Enumerable.Range(0, 600).Select(i => $$""" "/a{{i}}":{"$ref":"#/paths/~1x"}"""));

        Assert.Equal(
            "The paths refer to path items of more than 500000 values in all.",
            Documents.Refused(Documents.With($$"""
                "paths":{"/x":{"x-a":[{{values}}]},{{paths}} }
                """)));
    }

    [Theory]
    [InlineData("""{"a":{}}""", "a")]
    [InlineData("""{"":{}}""", "")]
    [InlineData("""{"/a":null}""", "/a")]
    [InlineData("""{"/a":[]}""", "/a")]
    public void Path_OfAnotherForm_IsRefused(string paths, string path) =>
        Assert.Equal(
            $"The path '{path}' must start with '/' and be an object with operations.",
            Documents.Refused(Documents.With($"\"paths\":{paths}")));

    [Theory]
    [InlineData("trace")]
    [InlineData("GET")]
    [InlineData("Post")]
    public void Operation_ThatCannotBePublished_IsRefused(string name) =>
        Assert.Equal(
            $"'#/paths/~1a/{name}' cannot be published; operations are get, put, post, delete, options, head, patch, in small letters.",
            Documents.Refused(Documents.WithPath($$"""{"{{name}}":{"responses":{"200":{"description":"OK"} } } }""")));

    [Fact]
    public void Verbs_OfAPath_AreReadInTheirOrder()
    {
        var operations = PathItems.Verbs.Reverse().Select(verb => $$""" "{{verb}}":{"responses":{"200":{"description":"OK"} } }""");

        Assert.Equal(
            ["PATCH", "HEAD", "OPTIONS", "DELETE", "POST", "PUT", "GET"],
            Documents.Read(Documents.WithPath($$"""{"summary":"x",{{string.Join(',', operations)}},"parameters":[],"x-b":{} }"""))
                .Operations.Select(operation => operation.Verb));
    }

    private static IEnumerable<string> Operations(string paths, string members = "") =>
        Documents.Read(Documents.With($"{members}\"paths\":{paths}", "3.1.0")).Operations.Select(o => $"{o.Verb} {o.Target} {o.AuthType}");
}
