namespace Tollgate.Architecture.Files;

/// <summary>What counts as a file of the repository.</summary>
public sealed class RepositoryTests
{
    [Theory]
    [InlineData("src/Model/Api.cs", "src/Model/Api.cs")]
    [InlineData("artifacts/obj/Tollgate.Model/release/Generated.cs", null)]
    [InlineData("src/Model/obj/Generated.cs", null)]
    [InlineData("../elsewhere/Api.cs", null)]
    public void PathOf_AFile_IsNullForWhatTheBuildMade(string path, string? expected) =>
        Assert.Equal(expected, Repository.PathOf(Path.GetFullPath(Path.Combine(Repository.Root, path))));

    [Fact]
    public void Files_OfTheRepository_AreRead() =>
        Assert.Superset(
            new HashSet<string> { "Tollgate.slnx", "src/Model/Api.cs", ".ci/run", "tests/Architecture/Files/RepositoryTests.cs" },
            Repository.Files.Select(file => file.Path).ToHashSet());
}
