using Tollgate.Storage.Search;

namespace Tollgate.Unit.Storage.Search;

public sealed class WordsTests
{
    [Theory]
    [InlineData("Find a pet, now!", "xfind xa xpet xnow")]
    [InlineData("getPetById", "xgetpetbyid xget xpet xby xid")]
    [InlineData("HTTPServer", "xhttpserver")]
    [InlineData("/pets/{petId}", "xpets xpetid xpet xid")]
    [InlineData("Größe übersetzen", "xgröße xübersetzen")]
    [InlineData("a1.b2-c3_d4", "xa1 xb2 xc3 xd4")]
    [InlineData("same SAME same", "xsame")]
    [InlineData("", "")]
    [InlineData("'\"*+-()<>~@", "")]
    public void Of_Text_KeepsEachWordOnce(string text, string words) => Assert.Equal(words, Words.Of(text).ToString());

    [Fact]
    public void Of_LongWord_IsCut() => Assert.Equal(41, Words.Of(new string('y', 100)).ToString().Length);

    [Fact]
    public void Of_EndlessText_StopsWithinWhatDatabasesKeep() =>
        Assert.InRange(Words.Of(Enumerable.Range(0, 100_000).Select(n => $"word{n}")).ToString().Length, 300_000, 400_100);

    [Fact]
    public void OfDefinition_ServersAndExtensions_AreNotFound()
    {
        const string Json = """
            {"openapi":"3.0.1","servers":[{"url":"https://secretHost/x"}],"x-wso2-production-endpoints":{"urls":["http://hiddenHost"]},
             "paths":{"/orders":{"get":{"summary":"List orders","x-internal":"hush","servers":[{"url":"http://otherHost"}]}}}}
            """;
        var words = DefinitionWords.Of(Json).All;
        Assert.Contains("xorders", words);
        Assert.Contains("xlist", words);
        Assert.DoesNotContain(words, word => word.Contains("host", StringComparison.Ordinal) || word.Contains("hush", StringComparison.Ordinal));
    }
}
