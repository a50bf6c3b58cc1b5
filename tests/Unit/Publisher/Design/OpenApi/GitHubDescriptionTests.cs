using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Tollgate.Gateway.Match;
using Tollgate.Model.Runtime;
using Tollgate.Publisher.Design.OpenApi;

namespace Tollgate.Unit.Publisher.Design.OpenApi;

/// <summary>The largest description in common use, GitHub's REST API: 13 MB, more than 1,000 operations.</summary>
public sealed partial class GitHubDescriptionTests
{
    private static readonly string? File = Environment.GetEnvironmentVariable("TOLLGATE_GITHUB_DESCRIPTION");

    [Fact]
    public void Read_GitHubDescription_TakesSecondsAndEveryOperationRoutesToItself()
    {
        Assert.SkipWhen(
            File is null && Environment.GetEnvironmentVariable("TOLLGATE_CI") is null,
            "TOLLGATE_GITHUB_DESCRIPTION names no file (.ci/run fetches GitHub's REST description)");
        Assert.True(File is not null, "continuous integration has to fetch GitHub's REST description");
        var content = System.IO.File.ReadAllBytes(File);
        var clock = Stopwatch.StartNew();
        var read = DefinitionReader.Read(content, 20 * 1024 * 1024);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"took {clock.Elapsed}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{read.Operations.Count} operations, {content.Length} bytes, {clock.Elapsed}");
        Assert.True(read.Operations.Count > 1_000, $"{read.Operations.Count} operations");

        var tree = OperationTree.Build(new DeployedApi
        {
            ApiId = "github",
            Environment = "Default",
            Organization = "carbon.super",
            Name = "GitHub",
            Version = "1",
            Provider = "admin",
            Context = "/github/1",
            Operations = [.. read.Operations.Select(one => new DeployedOperation(one.Verb, one.Target, one.AuthType, null, one.Scopes))],
        });
        foreach (var operation in read.Operations)
        {
            var path = Parameter().Replace(operation.Target, "Value-7");
            var found = tree.Find(Encoding.ASCII.GetBytes(path), Verb.Of(Encoding.ASCII.GetBytes(operation.Verb)));
            Assert.Equal(operation.Target, found?.Target);
        }
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
