using Tollgate.Server.Configuration.Toml;

namespace Tollgate.Unit.Server.Configuration.Toml;

/// <summary>Integers, floats and booleans: every notation, and what looks like one but is none.</summary>
public sealed class TomlNumberTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("+99", 99)]
    [InlineData("-17", -17)]
    [InlineData("-0", 0)]
    [InlineData("1_000", 1000)]
    [InlineData("5_349_221", 5349221)]
    [InlineData("1_2_3", 123)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("0xDEADBEEF", 0xDEADBEEF)]
    [InlineData("0xdead_beef", 0xDEADBEEF)]
    [InlineData("0x7fffffffffffffff", long.MaxValue)]
    [InlineData("0o0755", 493)]
    [InlineData("0b1101_0110", 214)]
    public void Integer_Valid_IsRead(string notation, long expected) =>
        Assert.Equal(expected, TomlSample.Value<TomlInteger>(notation).Value);

    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("0x8000000000000000")]
    [InlineData("0xffffffffffffffff")]
    [InlineData("0o1000000000000000000000")]
    [InlineData("0b1000000000000000000000000000000000000000000000000000000000000000")]
    public void Integer_BeyondSixtyFourBits_IsRefused(string notation) =>
        Assert.Contains("64 bits", TomlSample.ValueRefused(notation).Reason);

    [Theory]
    [InlineData("01")]
    [InlineData("-01")]
    [InlineData("00")]
    [InlineData("0_1")]
    [InlineData("1__0")]
    [InlineData("1_")]
    [InlineData("_1")]
    [InlineData("+_1")]
    [InlineData("++1")]
    [InlineData("+")]
    [InlineData("+0x1")]
    [InlineData("-0b1")]
    [InlineData("0x")]
    [InlineData("0x_1")]
    [InlineData("0x1_")]
    [InlineData("0xG")]
    [InlineData("0o8")]
    [InlineData("0b2")]
    [InlineData("0X1")]
    [InlineData("0O1")]
    [InlineData("0B1")]
    [InlineData("1a")]
    [InlineData("1 2")]
    [InlineData("\u0661")]
    public void Integer_Malformed_IsRefused(string notation) => TomlSample.ValueRefused(notation);

    [Theory]
    [InlineData("+1.0", 1.0)]
    [InlineData("3.1415", 3.1415)]
    [InlineData("-0.01", -0.01)]
    [InlineData("5e+22", 5e22)]
    [InlineData("1e06", 1e6)]
    [InlineData("-2E-2", -2e-2)]
    [InlineData("6.626e-34", 6.626e-34)]
    [InlineData("224_617.445_991_228", 224617.445991228)]
    [InlineData("1_0e1_0", 10e10)]
    [InlineData("0e0", 0.0)]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("+inf", double.PositiveInfinity)]
    [InlineData("-inf", double.NegativeInfinity)]
    [InlineData("nan", double.NaN)]
    [InlineData("+nan", double.NaN)]
    [InlineData("-nan", double.NaN)]
    public void Float_Valid_IsRead(string notation, double expected) =>
        Assert.Equal(expected, TomlSample.Value<TomlFloat>(notation).Value);

    [Fact]
    public void Float_NegativeZero_KeepsItsSign() => Assert.True(double.IsNegative(TomlSample.Value<TomlFloat>("-0.0").Value));

    [Theory]
    [InlineData(".7")]
    [InlineData("-.7")]
    [InlineData("7.")]
    [InlineData("3.e+20")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1e5.0")]
    [InlineData("1.2.3")]
    [InlineData("03.14")]
    [InlineData("-03.14")]
    [InlineData("1_.5")]
    [InlineData("1._5")]
    [InlineData("1.5_")]
    [InlineData("1e_5")]
    [InlineData("1_e5")]
    [InlineData("1ee5")]
    [InlineData("Inf")]
    [InlineData("infinity")]
    [InlineData("+in")]
    [InlineData("NaN")]
    [InlineData("nan_")]
    public void Float_Malformed_IsRefused(string notation) => TomlSample.ValueRefused(notation);

    [Fact]
    public void Float_BeyondDouble_IsRefused() => Assert.Contains("double", TomlSample.ValueRefused("1e400").Reason);

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public void Boolean_Valid_IsRead(string notation, bool expected) =>
        Assert.Equal(expected, TomlSample.Value<TomlBoolean>(notation).Value);

    [Theory]
    [InlineData("True")]
    [InlineData("FALSE")]
    [InlineData("truer")]
    [InlineData("fals")]
    [InlineData("t")]
    [InlineData("yes")]
    public void Boolean_Malformed_IsRefused(string notation) => TomlSample.ValueRefused(notation);
}
