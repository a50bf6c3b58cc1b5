using Tollgate.Architecture.Files;

namespace Tollgate.Architecture.Texts;

/// <summary>Who opens the repository learns how to run and test it from the first page.</summary>
public sealed class FrontPageTests
{
    private static readonly string[] Shown = ["./dev run", "./dev test"];

    [Fact]
    public void Readme_ShowsHowToRunAndTest() => Rule.Holds(
        "README.md at the root shows the two commands with which everybody starts.", Check(Repository.Find("README.md")));

    [Fact]
    public void Check_OfNoPage_FindsThat() => Assert.Equal([new Finding("README.md", "is missing")], Check(null));

    [Fact]
    public void Check_OfAPageWithoutACommand_NamesIt() => Assert.Equal(
        [new Finding("README.md", "does not show ./dev test")], Check(new RepositoryFile("README.md", "Start with `./dev run`.\n")));

    private static IEnumerable<Finding> Check(RepositoryFile? page) =>
        page is null
            ? [new Finding("README.md", "is missing")]
            : from command in Shown
              where !page.Text.Contains(command, StringComparison.Ordinal)
              select new Finding(page.Path, $"does not show {command}");
}
