using Tollgate.Architecture.Files;

namespace Tollgate.Architecture.Size;

/// <summary>A file fits in a head, a line on a screen.</summary>
public sealed class FileSizeTests
{
    [Fact]
    public void Files_AreNotLongerThanTheCeiling() => Rule.Holds(
        $"A file has at most {FileSize.MostLines} lines. Split it by idea, each part with a name of its own; not into Name.Part2.cs.",
        Repository.Files.SelectMany(FileSize.CheckLength));

    [Fact]
    public void Lines_AreNotWiderThanTheCeiling() => Rule.Holds(
        $"A line aims at 140 characters and has at most {FileSize.MostColumns}. Break it.",
        Repository.Files.SelectMany(FileSize.CheckWidth));

    [Theory]
    [InlineData("src/Web/Sample.cs", 400, 0)]
    [InlineData("src/Web/Sample.cs", 401, 1)]
    [InlineData("src/Web/Sample.razor", 401, 1)]
    [InlineData("tests/Flows/sample.js", 401, 1)]
    [InlineData("bench/Load/Sample.cs", 401, 1)]
    [InlineData("src/Web/style.css", 401, 1)]
    [InlineData("src/Server/keys.txt", 401, 0)]
    [InlineData("docs/sample.cs", 401, 0)]
    public void CheckLength_OfAFile_FindsOneLineTooMany(string path, int lines, int findings) => Assert.Equal(
        findings, FileSize.CheckLength(new RepositoryFile(path, string.Concat(Enumerable.Repeat("x\n", lines)))).Count());

    [Fact]
    public void CheckWidth_OfAFile_FindsTheLine() => Assert.Equal(
        [new Finding("src/Web/Sample.cs:2", "has 161 characters")],
        FileSize.CheckWidth(new RepositoryFile("src/Web/Sample.cs", $"{new string('x', 160)}\n{new string('x', 161)}\n")));
}
