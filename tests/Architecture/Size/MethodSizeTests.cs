using Tollgate.Architecture.Compiled;
using Tollgate.Architecture.Samples;

namespace Tollgate.Architecture.Size;

/// <summary>A method fits on a screen.</summary>
public sealed class MethodSizeTests
{
    private static readonly Exemption[] Parsers = [];

    [Fact]
    public void Methods_AreNotLongerThanTheCeiling() => Rule.Holds(
        $"A method has at most {MethodSize.MostLines} lines. Give a part of it a name; only a parser whose cases read as one table may be "
        + "exempt, in MethodSizeTests.Parsers with a reason.",
        MethodSize.Check(TheProgram.Methods.Concat(TheProgram.Samples.Methods), MethodSize.MostLines),
        Parsers);

    // Optimized code has no sequence points at braces, so the length of a body is known to two lines.
    [Theory]
    [InlineData("Plain", 5)]
    [InlineData("Async", 5)]
    [InlineData("Iterator", 4)]
    [InlineData("Lambda", 6)]
    [InlineData(".ctor", 4)]
    public void Check_OfAMethod_FindsLinesTooMany(string name, int lines)
    {
        var method = TheProgram.Samples.Methods.Where(method => method.FullName == $"{typeof(Lengths)}.{name}").ToList();

        Assert.Empty(MethodSize.Check(method, lines + 2));
        Assert.Contains("lines (tests/Architecture/Samples/Lengths.cs:", Assert.Single(MethodSize.Check(method, lines - 1)).Problem);
    }

    [Fact]
    public void SourceFiles_OfEveryAssembly_AreFoundInItsSymbols() => Rule.Holds(
        "The symbols of this assembly name no file of the working copy. Build it here, without mapping paths.",
        from assembly in TheProgram.Assemblies
        let folder = $"src/{assembly.Name}/"
        where !assembly.Methods.Any(method => method.Lines?.Path.StartsWith(folder, StringComparison.Ordinal) == true)
        select new Finding(assembly.Name, "has no lines"));
}
