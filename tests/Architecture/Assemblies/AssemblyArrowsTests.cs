using Tollgate.Architecture.Compiled;
using Tollgate.Architecture.Files;

namespace Tollgate.Architecture.Assemblies;

/// <summary>The compiler holds the boundaries; this holds what the compiler is told.</summary>
public sealed class AssemblyArrowsTests
{
    private static IEnumerable<ProjectFile> Sources => Repository.Projects.Where(project => project.IsSource);

    [Fact]
    public void Projects_ReferenceOnlyWhatTheDesignAllows() =>
        Rule.Holds(AssemblyArrows.Remedy, Sources.SelectMany(project => AssemblyArrows.Check(project.Name, project.Projects)));

    [Fact]
    public void CompiledAssemblies_ReferenceOnlyWhatTheDesignAllows() =>
        Rule.Holds(
            AssemblyArrows.Remedy,
            TheProgram.Assemblies.SelectMany(assembly => AssemblyArrows.Check(assembly.Name, assembly.References)));

    [Fact]
    public void Assemblies_OfTheDesign_Exist() => Assert.Equal(
        AssemblyArrows.Allowed.Keys.Order(StringComparer.Ordinal), Sources.Select(project => project.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Table_OfTheDocument_SaysTheSame() => Rule.Holds(
        "The table in docs/architecture.md and AssemblyArrows.Allowed are one design. Change both.",
        DocumentedArrows.Check(Repository.Find("docs/architecture.md")!, AssemblyArrows.Allowed));

    [Fact]
    public void Folder_OfAnAssembly_HasItsName() => Rule.Holds(
        "The project src/X/Tollgate.X.csproj builds Tollgate.X. Rename the folder or the project.",
        from project in Sources
        where project.Path.Split('/')[1] != project.Name
        select new Finding(project.Path, "is not in the folder of its name"));

    [Fact]
    public void Check_OfAReferenceOutsideTheTable_FindsIt()
    {
        var project = ProjectFile.Parse(new RepositoryFile(
            "src/Gateway/Tollgate.Gateway.csproj",
            """
            <Project>
              <ItemGroup>
                <ProjectReference Include="../Model/Tollgate.Model.csproj" />
                <ProjectReference Include="..\Storage\Tollgate.Storage.csproj" />
              </ItemGroup>
            </Project>
            """));

        Assert.Equal(
            [new Finding("Gateway -> Storage", "Gateway may reference Model, Security, Eventing")],
            AssemblyArrows.Check(project.Name, project.Projects));
    }

    [Fact]
    public void Check_OfAnAssemblyOutsideTheTable_FindsIt() =>
        Assert.Equal([new Finding("Common", "is not an assembly of the design")], AssemblyArrows.Check("Common", []));

    [Fact]
    public void Check_OfADocumentThatDiffers_FindsEachRow()
    {
        var page = new RepositoryFile(
            "docs/architecture.md",
            """
            | word | is |
            |---|---|
            | API | a contract |

            | assembly | may reference | holds |
            |---|---|---|
            | Model | nothing | words |
            | Web, Cli | Model | pages |
            | Server | all above | everything |
            """);
        var allowed = new Dictionary<string, string[]>
        {
            ["Model"] = [],
            ["Web"] = ["Model"],
            ["Server"] = ["Cli", "Model", "Web"],
            ["Sync"] = [],
        };

        Assert.Equal(
            [
                new Finding("Cli", "the document says 'Model', the rule 'no such assembly'"),
                new Finding("Sync", "the document says 'no such assembly', the rule ''"),
            ],
            DocumentedArrows.Check(page, allowed));
    }

    [Fact]
    public void Load_OfTheServer_SeesItsReferences() =>
        Assert.Contains("Gateway", TheProgram.Assembly("Server").References);
}
