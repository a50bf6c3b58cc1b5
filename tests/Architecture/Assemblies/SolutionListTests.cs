using System.Xml.Linq;
using Tollgate.Architecture.Files;

namespace Tollgate.Architecture.Assemblies;

/// <summary>What the solution builds is what the folders have.</summary>
public sealed class SolutionListTests
{
    [Fact]
    public void Solution_ListsExactlyTheProjectsOfSrcTestsAndBench() => Rule.Holds(
        "Tollgate.slnx lists every project under src, tests and bench, and no other. Add or remove the line.",
        Check(Repository.Find("Tollgate.slnx")!, Repository.Projects.Select(project => project.Path)));

    [Fact]
    public void Check_OfAListThatDiffers_FindsBothDirections() => Assert.Equal(
        [
            new Finding("src/New/Tollgate.New.csproj", "is not in the solution"),
            new Finding("src/Old/Tollgate.Old.csproj", "is in the solution, but there is no such project"),
        ],
        Check(
            new RepositoryFile("Tollgate.slnx", """<Solution><Project Path="src/Old/Tollgate.Old.csproj" /></Solution>"""),
            ["src/New/Tollgate.New.csproj"]));

    private static IEnumerable<Finding> Check(RepositoryFile solution, IEnumerable<string> projects)
    {
        var listed = XDocument.Parse(solution.Text).Descendants("Project")
            .Select(item => item.Attribute("Path")!.Value.Replace('\\', '/'))
            .ToList();
        var present = projects.ToList();
        return
        [
            .. present.Except(listed).Select(path => new Finding(path, "is not in the solution")),
            .. listed.Except(present).Select(path => new Finding(path, "is in the solution, but there is no such project")),
        ];
    }
}
