using Tollgate.Architecture.Compiled;
using Tollgate.Architecture.Samples;

namespace Tollgate.Architecture.Shape;

/// <summary>Nouns of the domain for types, verbs for folders.</summary>
public sealed class NamesTests
{
    [Fact]
    public void Types_AreNamedAfterWhatTheyDo() => Rule.Holds(
        "Name a type after the thing it is or the one thing it does (no Manager, Helper, Util, Impl), a namespace after a verb or a topic.",
        TheProgram.Types.SelectMany(Names.Check));

    [Fact]
    public void Check_OfTypes_FindsEmptyWords() => Assert.Equal(
        [
            new Finding($"{typeof(Classes)}.StringHelper", "'Helper' does not say what it does"),
            new Finding($"{typeof(Classes)}.SessionManager", "'Manager' does not say what it does"),
        ],
        TheProgram.Samples.Types.SelectMany(Names.Check));

    [Theory]
    [InlineData("TimeUtil", "Tollgate.Model", 1)]
    [InlineData("TimeUtils", "Tollgate.Model", 1)]
    [InlineData("ClockImpl", "Tollgate.Model", 1)]
    [InlineData("Manager", "Tollgate.Model", 1)]
    [InlineData("TrafficManager", "Tollgate.Model", 0)]
    [InlineData("KeyManager", "Tollgate.Model", 0)]
    [InlineData("Clock", "Tollgate.Model.Common", 1)]
    [InlineData("Clock", "Tollgate.Abstractions.Model", 1)]
    [InlineData("Clock", "Tollgate.Model.Utils", 1)]
    [InlineData("Clock", "Tollgate.Model.CommonRoads", 0)]
    public void Check_OfAName_FindsEmptyWords(string name, string space, int findings) =>
        Assert.Equal(findings, Names.Check(new CompiledType($"{space}.{name}", space, default, true, null, [], [], [])).Count());
}
