using Tollgate.Contracts;
using Tollgate.Contracts.Check;

namespace Tollgate.Unit.Contracts;

public sealed class AnswerCheckTests
{
    private const string Json = "application/json";
    private const string Categories = "/api/am/admin/v4/api-categories";

    [Theory]
    [InlineData("GET", Categories, 200, Json, """{"count":0,"list":[]}""")]
    [InlineData("GET", "/t/example.org" + Categories, 200, Json, """{"count":0,"list":[]}""")]
    [InlineData("DELETE", Categories + "/17", 200, null, "")]
    [InlineData("GET", Categories, 401, Json, """{"code":401,"message":"Unauthorized","error":[]}""")]
    [InlineData("GET", "/api/am/admin/v4/of-ours", 200, Json, """{"any":"thing"}""")]
    [InlineData("GET", "/elsewhere", 200, "text/plain", "anything")]
    public void Problems_OfAnAnswerAsTheContractHasIt_AreNone(string method, string path, int status, string? type, string body) =>
        Assert.Empty(AnswerCheck.Problems(method, path, status, type, body));

    [Theory]
    [InlineData("GET", Categories, 200, Json, """{"count":0,"items":[]}""", "$.items: APICategoryList has no such field")]
    [InlineData("GET", "/t/example.org" + Categories, 200, Json, """{"items":[]}""", "$.items: APICategoryList has no such field")]
    [InlineData("GET", Categories, 404, Json, """{"message":"gone"}""", "$.code: required in Error, and missing")]
    [InlineData("GET", Categories, 206, Json, "{}", "the contract has 200 here")]
    [InlineData("GET", Categories, 200, "text/html", "<p>", "the body is text/html")]
    [InlineData("GET", Categories, 200, null, "", "the body is empty")]
    [InlineData("DELETE", Categories + "/17", 200, Json, "{}", "the contract has no body here")]
    public void Problems_OfADeviation_AreNamed(string method, string path, int status, string? type, string body, string problem) =>
        Assert.EndsWith(problem, Assert.Single(AnswerCheck.Problems(method, path, status, type, body)), StringComparison.Ordinal);

    [Fact]
    public void Find_WhereALiteralAndAParameterFit_TakesTheLiteral()
    {
        var index = new OperationIndex(ContractFile.All["publisher"]);
        Assert.Equal("/apis/import", index.Find("POST", "/apis/import")!.Path);
        Assert.Equal("/apis/{apiId}", index.Find("GET", "/apis/17")!.Path);
        Assert.Null(index.Find("GET", "/apis/17/nothing"));
    }

    [Fact]
    public void Write_OfFactsRead_GivesTheSameText()
    {
        foreach (var contract in ContractFile.All.Values)
        {
            var text = ContractFile.Write(contract);
            Assert.Equal(text, ContractFile.Write(ContractFile.Read(text)));
        }
    }
}
