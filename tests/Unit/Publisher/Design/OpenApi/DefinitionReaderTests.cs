using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tollgate.Model;
using Tollgate.Publisher.Design.OpenApi;

namespace Tollgate.Unit.Publisher.Design.OpenApi;

/// <summary>Whole documents: what is read from them, and how they are stored.</summary>
public sealed class DefinitionReaderTests
{
    [Theory]
    [InlineData("3.0.3")]
    [InlineData("3.1.0")]
    public void Read_Json_GivesFrameAndOperationsInOrder(string version)
    {
        var read = Documents.Read(Documents.Kennel.Replace("3.0.3", version, StringComparison.Ordinal));

        Assert.Equal(("Kennel", "1.2.0", "Dogs & their people"), (read.Title, read.Version, read.Description));
        Assert.Equal(["POST /dogs", "GET /dogs", "DELETE /dogs/{dogId}"], read.Operations.Select(o => $"{o.Verb} {o.Target}"));
        Assert.All(read.Operations, o => Assert.Equal((AuthTypes.Any, "Unlimited"), (o.AuthType, o.ThrottlingPolicy)));
        Assert.Equal(["dogs", "people"], read.Tags);
        Assert.Equal("/kennel/1.2.0", read.BasePath);
        Assert.Empty(read.Scopes);
    }

    [Theory]
    [InlineData("3.0.3")]
    [InlineData("3.1.0")]
    public void Read_Yaml_GivesTheSame(string version)
    {
        var read = Documents.Read(Documents.KennelYaml.Replace("3.1.0", version, StringComparison.Ordinal));

        Assert.Equal(("Kennel", "1.10", "Dogs & their people"), (read.Title, read.Version, read.Description));
        Assert.Equal(["POST /dogs", "GET /dogs", "DELETE /dogs/{dogId}"], read.Operations.Select(o => $"{o.Verb} {o.Target}"));
        Assert.Equal(["dogs", "people"], read.Tags);
    }

    [Fact]
    public void Read_Json_StoresEveryMemberInItsOrder() =>
        Assert.Equal(
            Regex.Replace(Documents.Kennel, """\s+(?=([^"]*"[^"]*")*[^"]*$)""", ""),
            Documents.Read(Documents.Kennel).Json);

    [Fact]
    public void Read_Yaml_StoresJsonThatReadsTheSame()
    {
        var first = Documents.Read(Documents.KennelYaml);
        var second = Documents.Read(first.Json);

        Assert.Equal(first.Json, second.Json);
        Assert.Equal(["201"], Documents.Node(first.Json, "paths", "/dogs", "post", "responses")!.AsObject().Select(entry => entry.Key));
        Assert.Equal(["openapi", "info", "tags", "paths", "components"], JsonNode.Parse(first.Json)!.AsObject().Select(entry => entry.Key));
    }

    [Fact]
    public void Read_ByteOrderMark_IsSkipped() =>
        Assert.All([Documents.Kennel, Documents.KennelYaml], text => Assert.Equal("Kennel", Documents.Read('\uFEFF' + text).Title));

    [Fact]
    public void Read_LettersOfAllLanguages_AreStoredAsTheyAre()
    {
        var json = Documents.Read(Documents.With("""
            "paths":{},"x-a":"Köter <犬> \u00e9 \u0001","x-b":12345678901234567890.10
            """)).Json;

        Assert.Contains("\"x-a\":\"Köter <犬> é \\u0001\",\"x-b\":12345678901234567890.10", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OneByteTooMany_IsRefusedBeforeParsing()
    {
        var refusal = Assert.Throws<Refusal>(() => Documents.Read("{not json", limit: 8));

        Assert.Equal(413, refusal.Status);
        Assert.Equal("The definition has 9 bytes; at most 8 are accepted.", refusal.Description);
        Assert.Equal(400, Assert.Throws<Refusal>(() => Documents.Read("{not json", limit: 9)).Status);
    }

    [Theory]
    [InlineData("3.0.0")]
    [InlineData("3.0.4")]
    [InlineData("3.1.0")]
    [InlineData("3.1.2")]
    [InlineData("3.0.0-rc1")]
    public void Version_OfThreeZeroOrThreeOne_IsRead(string version) =>
        Assert.Empty(Documents.Read(Documents.With("\"paths\":{}", version)).Operations);

    [Theory]
    [InlineData("3.2.0")]
    [InlineData("3.10.0")]
    [InlineData("2.0")]
    [InlineData("3.0")]
    [InlineData("v3.0.1")]
    [InlineData("3.0.1\\n")]
    public void Version_OfAnotherKind_IsRefused(string version) =>
        Assert.EndsWith(
            "is not supported; it must be a text such as '3.0.3' or '3.1.0'.", Documents.Refused(Documents.With("\"paths\":{}", version)));

    [Theory]
    [InlineData("""{"info":{"title":"T","version":"1"},"paths":{}}""")]
    [InlineData("""{"openapi":{},"info":{"title":"T","version":"1"},"paths":{}}""")]
    [InlineData("""{"openapi":null,"paths":{}}""")]
    public void Version_Missing_IsRefused(string document) =>
        Assert.Equal("The document has no 'openapi' version; it must be a text such as '3.0.3' or '3.1.0'.", Documents.Refused(document));

    [Fact]
    public void Version_UnquotedInYaml_IsRefusedAsTheNumberItIs() =>
        Assert.Equal(
            "The OpenAPI version '3.0' is not supported; it must be a text such as '3.0.3' or '3.1.0'.",
            Documents.Refused("openapi: 3.0\ninfo: {title: T, version: 1}\npaths: {}"));

    [Theory]
    [InlineData("\"info\":[]", "The document needs an object 'info' with 'title' and 'version'.")]
    [InlineData("\"info\":{\"version\":\"1\"}", "The document needs a text 'info.title'.")]
    [InlineData("\"info\":{\"title\":\" \",\"version\":\"1\"}", "The document needs a text 'info.title'.")]
    [InlineData("\"info\":{\"title\":\"T\",\"version\":null}", "The document needs a text 'info.version'.")]
    [InlineData("\"info\":{\"title\":\"T\",\"version\":1.0}", "'#/info/version' must be a text.")]
    [InlineData("\"info\":{\"title\":\"T\",\"version\":\"1\"},\"paths\":[]", "The document needs an object 'paths'.")]
    [InlineData("\"info\":{\"title\":\"T\",\"version\":\"1\"}", "The document needs an object 'paths'.")]
    public void Frame_Incomplete_IsRefused(string members, string sentence) =>
        Assert.Equal(sentence, Documents.Refused($$"""{"openapi":"3.0.3",{{members}}}"""));

    [Fact]
    public void Paths_MissingInThreeOne_AreNone() =>
        Assert.Empty(Documents.Read("""{"openapi":"3.1.0","info":{"title":"T","version":"1"},"webhooks":{}}""").Operations);

    [Theory]
    [InlineData("[1]")]
    [InlineData("just words")]
    [InlineData("- a\n- b")]
    public void Root_NoObject_IsRefused(string document) =>
        Assert.Equal("An OpenAPI document is an object with 'openapi', 'info' and 'paths'.", Documents.Refused(document));

    [Fact]
    public void Extensions_OfTheApi_AreRead()
    {
        var read = Documents.Read(Documents.With("""
            "paths":{},"x-wso2-production-endpoints":{"urls":["https://a.example","https://b.example"],"type":"loadbalance"},
            "x-wso2-sandbox-endpoints":{"urls":["https://s.example"]},"x-wso2-auth-header":"X-Auth","x-wso2-transports":["https"]
            """));

        Assert.Equal(["https://a.example", "https://b.example"], read.ProductionUrls);
        Assert.Equal(["https://s.example"], read.SandboxUrls);
        Assert.Equal("X-Auth", read.AuthorizationHeader);
        Assert.Equal(["https"], read.Transports);
        Assert.Null(read.BasePath);
    }

    [Theory]
    [InlineData("\"x-wso2-production-endpoints\":\"https://a.example\"", "'#/x-wso2-production-endpoints' must be an object.")]
    [InlineData("\"x-wso2-sandbox-endpoints\":{\"urls\":\"a\"}", "'#/x-wso2-sandbox-endpoints/urls' must be a list of texts.")]
    [InlineData("\"x-wso2-transports\":[\"http\",1]", "'#/x-wso2-transports' must be a list of texts.")]
    [InlineData("\"x-wso2-auth-header\":true", "'#/x-wso2-auth-header' must be a text.")]
    public void Extensions_OfAnotherType_AreRefused(string member, string sentence) =>
        Assert.Equal(sentence, Documents.Refused(Documents.With($"\"paths\":{{}},{member}")));

    [Fact]
    public void Places_LongNamesAboveManyValues_AreRefused() =>
        Assert.Equal(
            "The document nests too many values below long names.",
            Documents.Refused(Documents.With(
                $"\"paths\":{{}},\"x-{new string('a', 20_000)}\":[{string.Join(',', Enumerable.Repeat("[]", 6_000))}]")));

    [Fact(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.Large)]
    public void Values_MoreThanTheLimit_AreRefusedInBothFormats()
    {
        var values = string.Join(',', Enumerable.Repeat('1', DefinitionLimits.MaxValues));

        Assert.Equal("The document has more than 500000 values.", Documents.Refused(Documents.With($"\"paths\":{{}},\"x\":[{values}]")));
        Assert.Equal("The document has more than 500000 values.", Documents.Refused(Documents.Yaml($"x: [{values}]")));
    }
}
