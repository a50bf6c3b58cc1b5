using Tollgate.Architecture.Files;

namespace Tollgate.Architecture.Assemblies;

/// <summary>Third-party code stays behind the assembly that quarantines it.</summary>
public sealed class PackageOwnersTests
{
    private static readonly Exemption[] Waiting =
    [
        new("FsCheck", "chosen for the property tests, which are not written yet"),
        new("FSharp.Core", "what FsCheck runs on"),
    ];

    // Build files may name packages too, for every project of a kind.
    private static IEnumerable<ProjectFile> BuildFiles =>
        Repository.Files.Where(file => file.Extension is ".csproj" or ".props" or ".targets").Select(ProjectFile.Parse);

    [Fact]
    public void Packages_AreReferencedByTheirOwnerOnly() =>
        Rule.Holds(PackageOwners.Remedy, BuildFiles.SelectMany(PackageOwners.CheckOwner));

    [Fact]
    public void References_HaveNoVersionOfTheirOwn() => Rule.Holds(
        "Versions are central: take the version out of the project and put it into Directory.Packages.props.",
        BuildFiles.SelectMany(PackageOwners.CheckVersions));

    [Fact]
    public void CentralVersions_AreAllUsed() => Rule.Holds(
        "Take packages that nothing uses out of Directory.Packages.props.",
        PackageOwners.CheckUnused(
            Repository.Find("Directory.Packages.props")!, BuildFiles, Repository.Files.Where(file => file.Name == "packages.lock.json")),
        Waiting);

    [Theory]
    [InlineData("src/Gateway/Tollgate.Gateway.csproj", "Dapper", "Dapper belongs to Storage")]
    [InlineData("src/Storage/Tollgate.Storage.csproj", "Dapper", null)]
    [InlineData("src/Storage/Tollgate.Storage.csproj", "FsCheck", "FsCheck is for tests and benchmarks only")]
    [InlineData("eng/Library.props", "FsCheck", "FsCheck is for tests and benchmarks only")]
    [InlineData("eng/Test.props", "xunit.v3", null)]
    [InlineData("tests/Unit/Tollgate.Unit.csproj", "Dapper", null)]
    public void CheckOwner_OfAReference_FindsStrangers(string path, string package, string? problem) =>
        Assert.Equal(problem, PackageOwners.CheckOwner(Project(path, Reference(package))).SingleOrDefault()?.Problem);

    [Theory]
    [InlineData("Version")]
    [InlineData("VersionOverride")]
    public void CheckVersions_OfAVersionInAProject_FindsIt(string attribute) => Assert.Single(PackageOwners.CheckVersions(
        Project("src/Storage/Tollgate.Storage.csproj", $"<PackageReference Include=\"Dapper\" {attribute}=\"1.0.0\" />")));

    [Fact]
    public void CheckUnused_OfAPackageNobodyNames_FindsIt()
    {
        var versions = new RepositoryFile(
            "Directory.Packages.props",
            """
            <Project>
              <PackageVersion Include="Dapper" Version="1" />
              <PackageVersion Include="Pinned" Version="1" />
              <PackageVersion Include="Forgotten" Version="1" />
            </Project>
            """);
        var restored = new RepositoryFile(
            "src/Storage/packages.lock.json",
            """{ "dependencies": { "net10.0": { "Pinned": { "type": "CentralTransitive" }, "Forgotten": { "type": "Project" } } } }""");
        var project = Project("src/Storage/Tollgate.Storage.csproj", Reference("Dapper"));

        Assert.Equal([new Finding("Forgotten", "is used by no project")], PackageOwners.CheckUnused(versions, [project], [restored]));
    }

    private static string Reference(string package) => $"<PackageReference Include=\"{package}\" />";

    private static ProjectFile Project(string path, string items) =>
        ProjectFile.Parse(new RepositoryFile(path, $"<Project>{items}</Project>"));
}
