using System.Xml.Linq;
using Tollgate.Architecture.Compiled;
using Tollgate.Architecture.Files;
using Tollgate.Architecture.Samples;

namespace Tollgate.Architecture.Shape;

/// <summary>What another assembly can see explains itself.</summary>
public sealed class SummariesTests
{
    [Fact]
    public void PublicTypes_HaveASummary()
    {
        var components = Repository.Files.Where(file => file.IsUnder("src") && file.Extension == ".razor")
            .Select(file => Path.GetFileNameWithoutExtension(file.Path))
            .ToHashSet();

        Rule.Holds(
            "Write a one-sentence <summary>: what the type is, not what its name already says.",
            TheProgram.Assemblies.SelectMany(
                assembly => Summaries.Check(assembly.Types, Documentation(TheProgram.Folder, assembly), components)));
    }

    [Fact]
    public void Check_OfPublicTypes_FindsSilentOnes() => Assert.Equal(
        [new Finding($"{typeof(Documented)}.Silent", "has no summary")],
        Summaries.Check(
            TheProgram.Samples.Types.Where(type => type.FullName.StartsWith(typeof(Documented).FullName!, StringComparison.Ordinal)),
            Documentation(AppContext.BaseDirectory, TheProgram.Samples),
            new HashSet<string>()));

    [Theory]
    [InlineData("<summary>A thing.</summary>", 0)]
    [InlineData("<summary><see cref=\"T:Thing\"/></summary>", 0)]
    [InlineData("<summary> </summary>", 1)]
    [InlineData("<remarks>A thing.</remarks>", 1)]
    public void Check_OfDocumentation_WantsASentence(string text, int findings)
    {
        var documentation = XDocument.Parse($"<doc><members><member name=\"T:A.Thing\">{text}</member></members></doc>");

        Assert.Equal(findings, Summaries.Check([Type("A.Thing")], documentation, new HashSet<string>()).Count());
    }

    [Fact]
    public void Check_OfAComponent_AsksForNothing() =>
        Assert.Empty(Summaries.Check([Type("A.Page")], new XDocument(), new HashSet<string> { "Page" }));

    private static CompiledType Type(string name) => new(name, "A", default, IsPublic: true, null, [], [], []);

    private static XDocument Documentation(string folder, CompiledAssembly assembly) =>
        XDocument.Load(Path.Combine(folder, assembly.Name == "Tollgate" ? "tollgate.xml" : $"Tollgate.{assembly.Name}.xml"));
}
