using Tollgate.Architecture.Compiled;
using Tollgate.Architecture.Samples;

namespace Tollgate.Architecture.Shape;

/// <summary>Internal sealed first.</summary>
public sealed class SealingTests
{
    [Fact]
    public void InternalClasses_AreSealed() => Rule.Holds(
        "Seal it: an internal class is open only while something derives from it.", Sealing.Check([.. TheProgram.Types]));

    [Fact]
    public void Check_OfClasses_FindsOpenOnes() => Assert.Equal(
        [new Finding($"{typeof(Classes)}.Open", "is open, and nothing derives from it")],
        Sealing.Check([.. TheProgram.Samples.Types.Where(type => type.Namespace == typeof(Classes).Namespace)]));
}
