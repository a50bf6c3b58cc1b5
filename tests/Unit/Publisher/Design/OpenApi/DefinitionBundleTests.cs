using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Tollgate.Model;
using Tollgate.Publisher.Design.OpenApi;
using Tollgate.Security.Archives;

namespace Tollgate.Unit.Publisher.Design.OpenApi;

public sealed class DefinitionBundleTests
{
    private const string Root = """
        openapi: 3.0.3
        info: { title: Shop, version: '1' }
        paths:
          /orders:
            $ref: paths/orders.yaml
          /pets:
            get:
              parameters: [ { $ref: 'common.yaml#/parameters/Limit' } ]
              responses: { '200': { description: ok, content: { application/json: { schema: { $ref: 'schemas/Pet.yaml' } } } } }
        """;

    private const string Orders = """
        get:
          parameters: [ { $ref: '../common.yaml#/parameters/Limit' } ]
          responses: { '200': { description: ok, content: { application/json: { schema: { $ref: '../schemas/Order.yaml' } } } } }
        """;

    private const string Order = "type: object\nproperties: { pet: { $ref: Pet.yaml }, parent: { $ref: '#' }, kind: { $ref: '../common.yaml#/schemas/Pet' } }";
    private const string Pet = "type: object\nproperties: { name: { type: string } }";

    private const string Common = """
        parameters: { Limit: { name: limit, in: query, schema: { $ref: '#/schemas/Limit' } } }
        schemas: { Limit: { type: integer }, Pet: { type: string } }
        """;

    [Fact]
    public void Of_DefinitionInSeveralFiles_BecomesOneThatReads()
    {
        var root = Bundle(
            ("openapi.yaml", Root), ("paths/orders.yaml", Orders), ("schemas/Order.yaml", Order), ("schemas/Pet.yaml", Pet), ("common.yaml", Common));
        var read = DefinitionReader.Read(root);
        Assert.Equal(["GET /orders", "GET /pets"], read.Operations.Select(operation => $"{operation.Verb} {operation.Target}"));

        var components = JsonNode.Parse(read.Json)!["components"]!;
        Assert.Equal(["Limit"], components["parameters"]!.AsObject().Select(member => member.Key));
        Assert.Equal(["Limit", "Order", "Pet", "Pet2"], components["schemas"]!.AsObject().Select(member => member.Key).Order());
        Assert.Equal("#/components/schemas/Order", (string)components["schemas"]!["Order"]!["properties"]!["parent"]!["$ref"]!);
    }

    [Fact]
    public void Of_RootInAFolder_FindsItsFilesThere() => Assert.Single(DefinitionReader.Read(Bundle(
        ("api/openapi.json", """{"openapi":"3.0.0","info":{"title":"t","version":"1"},"paths":{"/a":{"$ref":"a.json"} } }"""),
        ("api/a.json", """{"get":{"responses":{"200":{"description":"ok"} } } }"""))).Operations);

    [Theory]
    [InlineData("../outside.yaml")]
    [InlineData("paths/../../outside.yaml")]
    [InlineData("/etc/passwd")]
    [InlineData("http://127.0.0.1/x.yaml")]
    [InlineData("file:///etc/passwd")]
    [InlineData("missing.yaml")]
    [InlineData("common.yaml#/nothing")]
    public void Of_ReferenceOutOfTheArchive_IsRefused(string reference) => Refused(
        ("openapi.yaml", Root.Replace("schemas/Pet.yaml", reference, StringComparison.Ordinal)), ("paths/orders.yaml", Orders),
        ("schemas/Order.yaml", Order), ("schemas/Pet.yaml", Pet), ("common.yaml", Common));

    [Fact]
    public void Of_PathItemsInACircle_IsRefused() => Refused(
        ("openapi.yaml", "openapi: 3.0.0\ninfo: { title: t, version: '1' }\npaths: { /a: { $ref: a.yaml } }"),
        ("a.yaml", "$ref: b.yaml"), ("b.yaml", "$ref: a.yaml"));

    [Fact]
    public void Of_PathItemWhoseCallbackLeadsBackToIt_IsRefused() => Refused(
        ("openapi.yaml", "openapi: 3.0.0\ninfo: { title: t, version: '1' }\npaths: { /a: { $ref: a.yaml } }"),
        ("a.yaml", "post: { responses: { '200': { description: ok } }, callbacks: { c: { '{$request.body#/u}': { $ref: a.yaml } } } }"));

    [Fact]
    public void Of_ManySpellingsOfOneLargePart_IsRefusedAndDoesNotGrow()
    {
        // One target under 2,000 names: each 'a' may be written as %61.
        string Spelling(int n) => string.Concat(Enumerable.Range(0, 11).Select(bit => (n >> bit & 1) == 0 ? "a" : "%61"));
        var schemas = string.Join(", ", Enumerable.Range(0, 2_000).Select(n => $"s{n}: {{ $ref: 'big.yaml#/{Spelling(n)}' }}"));
        var big = "aaaaaaaaaaa: { type: string, enum: [" + string.Join(",", Enumerable.Range(0, 1_000)) + "] }";
        Refused(
            ("openapi.yaml", $"openapi: 3.0.0\ninfo: {{ title: t, version: '1' }}\npaths: {{}}\ncomponents: {{ schemas: {{ {schemas} }} }}"),
            ("big.yaml", big));
    }

    [Fact]
    public void Of_ManyPathsWithOneLargeItem_IsRefusedAndDoesNotGrow()
    {
        var paths = string.Join(", ", Enumerable.Range(0, 2_000).Select(n => $"/p{n}: {{ $ref: big.yaml }}"));
        var big = "get:\n  responses: { '200': { description: ok } }\n  x-list: [" + string.Join(",", Enumerable.Range(0, 1_000)) + "]";
        Refused(("openapi.yaml", $"openapi: 3.0.0\ninfo: {{ title: t, version: '1' }}\npaths: {{ {paths} }}"), ("big.yaml", big));
    }

    [Fact]
    public void Of_ArchiveWithoutADefinition_IsRefused() => Refused(("readme.md", "nothing"), ("a.yaml", "a: 1"), ("b.yaml", "b: 1"));

    private static void Refused(params (string Name, string Text)[] files) =>
        Assert.Equal(900754, Assert.Throws<Refusal>(() => DefinitionReader.Read(Bundle(files))).Code);

    private static JsonObject Bundle(params (string Name, string Text)[] files)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return DefinitionBundle.Of(SafeArchive.Read(buffer.ToArray(), new ArchiveLimits(), 900754), 1024 * 1024);
    }
}
