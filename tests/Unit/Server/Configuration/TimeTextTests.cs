using Tollgate.Server.Configuration;

namespace Tollgate.Unit.Server.Configuration;

/// <summary>Times with units.</summary>
public sealed class TimeTextTests
{
    [Theory]
    [InlineData("250ms", "", 250)]
    [InlineData("900s", "", 900_000)]
    [InlineData("15m", "", 900_000)]
    [InlineData("1h", "", 3_600_000)]
    [InlineData("1d", "", 86_400_000)]
    [InlineData(" 15 m ", "", 900_000)]
    [InlineData("15", "s", 15_000)]
    [InlineData("15m", "s", 900_000)]
    [InlineData("-1", "ms", -1)]
    [InlineData("+2", "d", 172_800_000)]
    [InlineData("0", "h", 0)]
    public void Text_WithUnitOrWithout_IsATime(string text, string bareUnit, long milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), TimeText.Parse(text, bareUnit));

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("15")]
    [InlineData("15 min")]
    [InlineData("15M")]
    [InlineData("1.5h")]
    [InlineData("1h30m")]
    [InlineData("10675200d")]
    [InlineData("-10675200d")]
    [InlineData("99999999999999999999ms")]
    public void Text_OfAnotherForm_IsNoTime(string text) => Assert.Null(TimeText.Parse(text, ""));

    [Theory]
    [InlineData("0s")]
    [InlineData("1ms")]
    [InlineData("-1ms")]
    [InlineData("90s")]
    [InlineData("15m")]
    [InlineData("36h")]
    [InlineData("10675199d")]
    public void Time_Formatted_IsReadBackTheSame(string text) => Assert.Equal(text, TimeText.Format(TimeText.Parse(text, "")!.Value));

    [Fact]
    public void Time_Formatted_HasTheLargestUnitThatFits() => Assert.Equal("15m", TimeText.Format(TimeSpan.FromSeconds(900)));
}
