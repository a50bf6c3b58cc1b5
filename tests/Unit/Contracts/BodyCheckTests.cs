using System.Text.Json;
using Tollgate.Contracts;
using Tollgate.Contracts.Check;

namespace Tollgate.Unit.Contracts;

public sealed class BodyCheckTests
{
    private static readonly Contract Sample = ContractFile.Read("""
        {
          "base": "/x",
          "operations": {"GET /pets": {"200": "#List"}},
          "schemas": {
            "List": {"count!": "integer", "list": "[#Pet]"},
            "Pet": {"name!": "string", "kind": "=CAT|DOG", "owner": "#Person?", "notes": "{string}", "more": "object", "weight": "number", "sold": "boolean"},
            "Person": {"name": "string", "*": "integer"},
            "Names": "[string]"
          }
        }
        """);

    [Theory]
    [InlineData("#List", """{"count":1,"list":[{"name":"Rex","kind":"DOG","owner":null,"notes":{"a":"b"},"more":{"any":[1]},"weight":1.5,"sold":true}]}""")]
    [InlineData("#Person", """{"name":"Ann","age":7}""")]
    [InlineData("#Names", """["a","b"]""")]
    [InlineData("any", "null")]
    public void Problems_OfABodyAsTheContractHasIt_AreNone(string type, string body) => Assert.Empty(Problems(type, body));

    [Theory]
    [InlineData("#List", """{"count":1,"total":1}""", "$.total: List has no such field")]
    [InlineData("#List", """{"list":[]}""", "$.count: required in List, and missing")]
    [InlineData("#List", """{"count":"1"}""", "$.count: String where the contract has integer")]
    [InlineData("#List", """{"count":1.5}""", "$.count: Number where the contract has integer")]
    [InlineData("#List", """{"count":null}""", "$.count: Null where the contract has integer")]
    [InlineData("#List", """{"count":1,"list":{}}""", "$.list: Object where the contract has [#Pet]")]
    [InlineData("#List", """{"count":1,"list":[{"name":"a"},{"name":"b","colour":"red"}]}""", "$.list[1].colour: Pet has no such field")]
    [InlineData("#Pet", """{"name":"a","kind":"COW"}""", "$.kind: 'COW' is none of CAT|DOG")]
    [InlineData("#Pet", """{"name":"a","kind":null}""", "$.kind: Null where the contract has =CAT|DOG")]
    [InlineData("#Pet", """{"name":"a","owner":{"name":1}}""", "$.owner.name: Number where the contract has string")]
    [InlineData("#Pet", """{"name":"a","notes":{"b":1}}""", "$.notes.b: Number where the contract has string")]
    [InlineData("#Pet", """{"name":"a","more":[]}""", "$.more: Array where the contract has object")]
    [InlineData("#Pet", """{"name":"a","sold":"true"}""", "$.sold: String where the contract has boolean")]
    [InlineData("#Person", """{"age":"seven"}""", "$.age: String where the contract has integer")]
    [InlineData("#Names", """["a",1]""", "$[1]: Number where the contract has string")]
    [InlineData("#Pet", """[]""", "$: Array where the contract has Pet")]
    [InlineData("#Unheard", """{}""", "$: the facts have no schema Unheard")]
    public void Problems_OfADeviation_NamePathAndReason(string type, string body, string problem) =>
        Assert.Equal([problem], Problems(type, body));

    [Fact]
    public void Problems_OfAFieldThatIsAnExtension_AreNone()
    {
        using var document = JsonDocument.Parse("""{"count":1,"total":1}""");
        Assert.Empty(new BodyCheck(Sample.Schemas, field => field == "List.total").Problems(document.RootElement, "#List"));
    }

    private static IReadOnlyList<string> Problems(string type, string body)
    {
        using var document = JsonDocument.Parse(body);
        return new BodyCheck(Sample.Schemas).Problems(document.RootElement, type);
    }
}
