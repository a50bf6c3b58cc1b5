namespace Tollgate.Architecture;

/// <summary>How findings and exemptions become a failure.</summary>
public sealed class RuleTests
{
    private static readonly Finding Found = new("Some.Method", "calls what it should not");

    [Fact]
    public void Report_WithoutFindings_IsNothing() => Assert.Null(Rule.Report("Do better.", [], []));

    [Fact]
    public void Report_OfAFinding_SaysWhatToDoAndWhere() =>
        Assert.Equal(
            $"Do better.{Environment.NewLine}  Some.Method: calls what it should not",
            Rule.Report("Do better.", [Found, Found], []));

    [Fact]
    public void Report_OfAnExemptFinding_IsNothing() => Assert.Null(Rule.Report("Do better.", [Found], [new("Some.Method", "it must")]));

    [Fact]
    public void Report_OfAnExemptionWithoutFinding_AsksToRemoveIt() =>
        Assert.EndsWith("take it out of the list", Rule.Report("Do better.", [], [new("Some.Method", "it must")]));

    [Fact]
    public void Rule_WithAFinding_FailsItsTest() =>
        Assert.StartsWith("Do better.", Assert.ThrowsAny<Exception>(() => Rule.Holds("Do better.", [Found])).Message);
}
