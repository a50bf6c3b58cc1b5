using Tollgate.Model;
using Tollgate.Model.Search;

namespace Tollgate.Unit.Model.Search;

public sealed class SearchQueryTests
{
    [Theory]
    [InlineData("orders", "|orders|False")]
    [InlineData("  orders  ", "|orders|False")]
    [InlineData("pet store", "|pet store|False")]
    [InlineData("\"Pet Store\"", "|Pet Store|True")]
    [InlineData("name:pet", "name|pet|False")]
    [InlineData("name:\"Pet Store\"", "name|Pet Store|True")]
    [InlineData("NAME:pet", "name|pet|False")]
    [InlineData("tags:a tags:b tag:c", "tag|a|False;tag|b|False;tag|c|False")]
    [InlineData("lcState:PUBLISHED", "status|PUBLISHED|False")]
    [InlineData("tag:a store", "tag|a|False;|store|False")]
    [InlineData("context:/orders/1.0", "context|/orders/1.0|False")]
    [InlineData("teamName:\"blue team\" x", "teamName|blue team|True;|x|False")]
    [InlineData("url:http://host:80", "url|http://host:80|False")]
    [InlineData("name:", "")]
    [InlineData("\"\"", "")]
    [InlineData("group=true group.field=name orders", "|orders|False")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Parse_Query_ReadsItsTerms(string? query, string terms) => Assert.Equal(
        terms, string.Join(';', SearchQuery.Parse(query).Terms.Select(term => $"{term.Prefix}|{term.Value}|{term.Exact}")));

    [Theory]
    [InlineData("name:\"open")]
    [InlineData("\"open")]
    [InlineData(":value")]
    public void Parse_QueryThatMeansNothing_IsRefused(string query) =>
        Assert.Equal(400, Assert.Throws<Refusal>(() => SearchQuery.Parse(query)).Status);

    [Fact]
    public void Parse_TooLongOrTooMany_IsRefused()
    {
        Assert.Throws<Refusal>(() => SearchQuery.Parse(new string('x', 1001)));
        Assert.Throws<Refusal>(() => SearchQuery.Parse("name:" + new string('x', 256)));
        Assert.Throws<Refusal>(() => SearchQuery.Parse(string.Join(' ', Enumerable.Range(0, 21).Select(n => $"tag:{n}"))));
    }

    [Theory]
    [InlineData("tags", true)]
    [InlineData("lcState", true)]
    [InlineData("thirdParty", true)]
    [InlineData("team", false)]
    public void IsReserved_WordOfTheLanguage_CannotNameAProperty(string word, bool reserved) =>
        Assert.Equal(reserved, SearchPrefixes.IsReserved(word));
}
