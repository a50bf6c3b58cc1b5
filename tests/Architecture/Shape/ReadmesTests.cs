using Tollgate.Architecture.Files;

namespace Tollgate.Architecture.Shape;

/// <summary>A newcomer opens a folder and reads one short page.</summary>
public sealed class ReadmesTests
{
    [Fact]
    public void Modules_HaveAShortReadme() => Rule.Holds(
        $"Every folder src/X has a README.md of at most {Readmes.MostLines} lines: purpose, order of verbs, events, settings.",
        Readmes.Check(Repository.Files));

    [Fact]
    public void Check_OfModules_FindsMissingAndLongPages() => Assert.Equal(
        [new Finding("src/Silent/README.md", "is missing"), new Finding("src/Wordy/README.md", "has 41 lines")],
        Readmes.Check(
        [
            new RepositoryFile("src/Silent/Design/Api.cs", ""),
            new RepositoryFile("src/Wordy/README.md", string.Concat(Enumerable.Repeat("x\n", 41))),
            new RepositoryFile("src/Short/README.md", string.Concat(Enumerable.Repeat("x\n", 40))),
        ]));
}
