namespace Tollgate.Architecture.Compiled;

/// <summary>Findings name what the author wrote, whatever the compiler made of it.</summary>
public sealed class SourceNamesTests
{
    [Theory]
    [InlineData("A.B", "Run", "A.B", "Run")]
    [InlineData("A.B", ".ctor", "A.B", ".ctor")]
    [InlineData("A.B.<>c", "<Run>b__1_0", "A.B", "Run")]
    [InlineData("A.B.<>c__DisplayClass1_0", "<Run>b__0", "A.B", "Run")]
    [InlineData("A.B", "<Run>g__Local|1_0", "A.B", "Run")]
    [InlineData("A.B.<Run>d__1", "MoveNext", "A.B", "Run")]
    [InlineData("A.B.<Run>d__1`1", "MoveNext", "A.B", "Run")]
    [InlineData("A.B.<>c__DisplayClass1_0.<<Run>b__0>d", "MoveNext", "A.B", "Run")]
    [InlineData("A.B.<Run>d__1", "System.Collections.Generic.IEnumerator<System.Int32>.get_Current", "A.B", "Run")]
    [InlineData("Program", "<Main>$", "Program", "Main")]
    public void CompiledNames_OfAMethod_LeadToItsSource(string type, string method, string sourceType, string sourceMethod) =>
        Assert.Equal((sourceType, sourceMethod), (SourceNames.Type(type), SourceNames.Method(type, method)));

    [Theory]
    [InlineData("A.B.<Run>d__1", true)]
    [InlineData("A.B.<>c__DisplayClass1_0.<<Run>b__0>d", true)]
    [InlineData("A.B.<>c", false)]
    [InlineData("A.Board", false)]
    public void IsStateMachine_OfAType_KnowsIt(string type, bool expected) => Assert.Equal(expected, SourceNames.IsStateMachine(type));
}
