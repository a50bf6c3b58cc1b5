using Tollgate.Architecture.Files;

namespace Tollgate.Architecture.Texts;

/// <summary>No debt by annotation, no tests that test nothing, nothing that only one machine understands.</summary>
public sealed class PhrasesTests
{
    [Fact]
    public void Files_AreFreeOfForbiddenPhrases() => Rule.Holds(
        "Some things are never written; each line says why.",
        from file in Repository.Files
        from phrase in Phrases.Table.Concat(Phrases.ThisMachine(Repository.Root))
        from finding in phrase.Check(file)
        select finding);

    // The samples are put together here, so that this file stays free of them.
    [Theory]
    [InlineData("src/A/B.cs", "    #", "region Parsing", "#region")]
    [InlineData("src/A/B.cs", "#nullable", " disable", "null checks")]
    [InlineData("src/A/B.cs", "#nullable", " enable", null)]
    [InlineData("tests/A/B.cs", "#pragma warning", " disable CA1852", "without a comment")]
    [InlineData("tests/A/B.cs", "#pragma warning", " disable CA1852 //", "without a comment")]
    [InlineData("tests/A/B.cs", "#pragma warning", " disable CA1852 // a sample", null)]
    [InlineData("tests/A/B.cs", "#pragma warning", " restore CA1852", null)]
    [InlineData("docs/tour.md", "TO", "DO: describe", "puts work off")]
    [InlineData("src/A/B.cs", "// FIX", "ME", "puts work off")]
    [InlineData("src/A/B.cs", "// HA", "CK", "puts work off")]
    [InlineData("src/A/B.cs", "// HA", "CKATHON", null)]
    [InlineData("src/A/B.cs", "throw new Not", "ImplementedException();", "not written")]
    [InlineData("tests/A/B.cs", "[Fact(Sk", "ip = \"later\")]", "skips a test")]
    [InlineData("src/A/B.cs", "Sk", "ip = \"later\"", null)]
    [InlineData("tests/A/B.cs", "Assert.", "True(true);", "asserts nothing")]
    [InlineData("tests/A/B.cs", "Assert.", "True(trueEnough);", null)]
    [InlineData("tests/A/B.cs", "Thread.", "Sleep(1);", "sleeps")]
    [InlineData("docs/tour.md", "cd /ho", "me/somebody/tollgate", "somebody's machine")]
    [InlineData("docs/tour.md", "cd /Us", "ers/somebody/tollgate", "somebody's machine")]
    [InlineData("docs/tour.md", "cd C:\\Us", "ers\\somebody", "somebody's machine")]
    [InlineData("docs/tour.md", "https://example.org/ho", "me/page/", null)]
    [InlineData("docs/tour.md", "see ../", "shared/data", "beside the working copy")]
    [InlineData(".ci/run", "data=../", "shared/data", null)]
    public void Check_OfALine_FindsThePhrase(string path, string begin, string end, string? problem)
    {
        var findings = Phrases.Table.SelectMany(phrase => phrase.Check(new RepositoryFile(path, $"first\n{begin}{end}\n"))).ToList();

        Assert.Equal(problem is null ? 0 : 1, findings.Count);
        Assert.All(findings, finding => Assert.Equal($"{path}:2", finding.Subject));
        Assert.All(findings, finding => Assert.Contains(problem!, finding.Problem));
    }

    [Theory]
    [InlineData("/x/tollgate", "/x/tollgate/src", 1)]
    [InlineData("/x/tollgate", "\"/x/tollgate\"", 1)]
    [InlineData("/x/tollgate", "/x/tollgate-two/src", 0)]
    [InlineData("/src", "/src/Gateway", 0)]
    public void ThisMachine_InALine_IsFound(string root, string line, int findings) => Assert.Equal(
        findings, Phrases.ThisMachine(root).SelectMany(phrase => phrase.Check(new RepositoryFile("docs/tour.md", line))).Count());
}
