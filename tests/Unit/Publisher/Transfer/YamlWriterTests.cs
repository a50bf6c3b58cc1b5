using System.Text.Json.Nodes;
using Tollgate.Publisher.Design.OpenApi;
using Tollgate.Publisher.Transfer;

namespace Tollgate.Unit.Publisher.Transfer;

/// <summary>What is written as YAML reads back as the same tree.</summary>
public sealed class YamlWriterTests
{
    [Theory]
    [InlineData("""{"a":"text","b":1,"c":1.0,"d":true,"e":null,"f":[],"g":{}}""")]
    [InlineData("""{"version":"1.0","yes":"no","null":"null","true":"~","n":"y","2020-01-01":"2020-01-01"}""")]
    [InlineData("""{"a":"  led by spaces","b":"line\nline\n","c":"tab\t","d":"","e":"# no comment","f":"key: value","g":"- item"}""")]
    [InlineData("""{"/pets/{petId}":{"$ref":"#/components/x"},"*":"&anchor","!tag":"*alias","%":"@"}""")]
    [InlineData("""{"deep":[[1,[2,{"x":[{"y":"z"},"w"]}]],"ü 漢字 😀","\u0001\u007f\ufeff"]}""")]
    [InlineData("""{"number":1e400,"big":123456789012345678901234567890,"minus":-0.10}""")]
    public void Write_ReadBack_IsTheSameTree(string json)
    {
        var tree = JsonNode.Parse(json)!;
        var read = YamlText.Parse(YamlWriter.Write(tree), 1_000_000);

        Assert.Equal(tree.ToJsonString(), read!.ToJsonString());
    }

    [Fact]
    public void Write_PlainWords_AreNotQuoted() => Assert.Equal(
        "name: Pet Store\npaths:\n  /pets: x\n", YamlWriter.Write(JsonNode.Parse("""{"name":"Pet Store","paths":{"/pets":"x"}}""")!));
}
