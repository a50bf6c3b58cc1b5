using Tollgate.Architecture.Compiled;
using Tollgate.Architecture.Samples;

namespace Tollgate.Architecture.Shape;

/// <summary>Tests use the real thing in memory: a double does not make a seam.</summary>
public sealed class InterfacesTests
{
    [Fact]
    public void Interfaces_HaveAtLeastTwoShippedImplementations() => Rule.Holds(
        "An interface is a seam with two shipped implementations; test doubles do not count. Call the class, or pass a delegate.",
        Interfaces.Check([.. TheProgram.Types]));

    [Fact]
    public void Check_OfInterfaces_CountsWhatCanBeMade() => Assert.Equal(
        [
            new Finding($"{typeof(Seams)}.IOnce", "has 1 implementation"),
            new Finding($"{typeof(Seams)}.INever", "has 0 implementations"),
        ],
        Interfaces.Check([.. TheProgram.Samples.Types]));
}
