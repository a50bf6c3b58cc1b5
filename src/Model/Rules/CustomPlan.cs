namespace Tollgate.Model.Rules;

/// <summary>A custom policy as it is counted: of the calls that are eligible, so many per key and window.</summary>
/// <param name="Eligible">Which calls count.</param>
/// <param name="Key">What they are counted under.</param>
/// <param name="Template">What a decision is looked up under: a call counts only where both give the same.</param>
/// <param name="Quota">How many.</param>
public sealed record CustomPlan(RuleTest Eligible, RuleText Key, RuleText Template, Quota Quota);

/// <summary>What an expression says of a call.</summary>
public abstract record RuleValue;

/// <summary>True or false.</summary>
public abstract record RuleTest : RuleValue
{
    /// <summary>Always the same.</summary>
    public sealed record Constant(bool Value) : RuleTest;

    /// <summary>The test fails.</summary>
    public sealed record Not(RuleTest Test) : RuleTest;

    /// <summary>Both hold.</summary>
    public sealed record And(RuleTest First, RuleTest Second) : RuleTest;

    /// <summary>One of them holds.</summary>
    public sealed record Or(RuleTest First, RuleTest Second) : RuleTest;

    /// <summary>Two texts are equal, case included.</summary>
    public sealed record Same(RuleText First, RuleText Second) : RuleTest;

    /// <summary>Two numbers compare like this.</summary>
    public sealed record Compare(RuleNumber First, Comparison Comparison, RuleNumber Second) : RuleTest;

    /// <summary>The text has this part.</summary>
    public sealed record Contains(RuleText Text, string Part) : RuleTest;

    /// <summary>The pattern is found somewhere in the text.</summary>
    public sealed record Finds(string Pattern, RuleText Text) : RuleTest;
}

/// <summary>How numbers compare.</summary>
public enum Comparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>A text.</summary>
public abstract record RuleText : RuleValue
{
    /// <summary>A text that is always the same.</summary>
    public sealed record Literal(string Text) : RuleText;

    /// <summary>A field of the call.</summary>
    public sealed record Field(CallField Name) : RuleText;

    /// <summary>The caller's address as one decimal number.</summary>
    public sealed record Address : RuleText;

    /// <summary>One text after the other.</summary>
    public sealed record Join(RuleText First, RuleText Second) : RuleText;
}

/// <summary>A whole number.</summary>
public abstract record RuleNumber : RuleValue
{
    /// <summary>A number that is always the same.</summary>
    public sealed record Literal(UInt128 Value) : RuleNumber;

    /// <summary>The caller's address; IPv4 addresses have 32 bits.</summary>
    public sealed record Address : RuleNumber;

    /// <summary>Declared length of the request body.</summary>
    public sealed record BodyLength : RuleNumber;
}
