using System.Text;
using Tollgate.Gateway.Match;
using Tollgate.Model.Runtime;

namespace Tollgate.Unit.Gateway.Match;

/// <summary>Which operation a path calls: the most specific one, docs/adr/0011.</summary>
public sealed class OperationTreeTests
{
    private static readonly OperationTree Tree = Build(
        "GET /pets", "POST /pets", "GET /pets/{id}", "DELETE /pets/{id}", "GET /pets/mine", "GET /pets/{id}.json", "GET /pets/{id}/toys/*",
        "GET /files/*", "PUT /files/index", "GET /compare/{base}...{head}", "GET /");

    [Theory]
    [InlineData("GET", "/pets", "/pets")]
    [InlineData("GET", "/pets/7", "/pets/{id}")]
    [InlineData("GET", "/pets/mine", "/pets/mine")]
    [InlineData("DELETE", "/pets/mine", "/pets/{id}")]
    [InlineData("GET", "/pets/7.json", "/pets/{id}.json")]
    [InlineData("GET", "/pets/.json", "/pets/{id}")]
    [InlineData("GET", "/pets/7/toys", "/pets/{id}/toys/*")]
    [InlineData("GET", "/pets/7/toys/", "/pets/{id}/toys/*")]
    [InlineData("GET", "/pets/7/toys/ball/red", "/pets/{id}/toys/*")]
    [InlineData("GET", "/files/index", "/files/*")]
    [InlineData("PUT", "/files/index", "/files/index")]
    [InlineData("GET", "/compare/a...b", "/compare/{base}...{head}")]
    [InlineData("GET", "", "/")]
    [InlineData("GET", "/", "/")]
    public void Path_OfSeveralOperations_FindsTheMostSpecific(string verb, string path, string target) =>
        Assert.Equal(target, Tree.Find(Encoding.ASCII.GetBytes(path), Verb.Of(verb))?.Target);

    [Theory]
    [InlineData("GET", "/pets/")]
    [InlineData("GET", "/PETS")]
    [InlineData("GET", "/pets/7/8")]
    [InlineData("GET", "/pets/7/toysx")]
    [InlineData("PUT", "/files/other")]
    [InlineData("GET", "/compare/a..b")]
    [InlineData("GET", "/compare/...b")]
    [InlineData("HEAD", "/pets")]
    [InlineData("get", "/pets")]
    public void Path_OfNoOperation_FindsNone(string verb, string path) =>
        Assert.Null(Tree.Find(Encoding.ASCII.GetBytes(path), Verb.Of(Encoding.ASCII.GetBytes(verb))));

    [Theory]
    [InlineData("/pets", "GET, POST")]
    [InlineData("/pets/mine", "GET, DELETE")]
    [InlineData("/files/index", "GET, PUT")]
    [InlineData("/nothing", "")]
    public void Allowed_OfAPath_NamesItsMethods(string path, string methods) => Assert.Equal(methods, Tree.Allowed(Encoding.ASCII.GetBytes(path)));

    private static OperationTree Build(params IEnumerable<string> operations) => OperationTree.Build(new DeployedApi
    {
        ApiId = "a",
        Environment = "Default",
        Organization = "carbon.super",
        Name = "A",
        Version = "1",
        Provider = "admin",
        Context = "/a/1",
        Operations = [.. operations.Select(text => text.Split(' ')).Select(parts => new DeployedOperation(parts[0], parts[1], "Any", null, []))],
    });
}
