using Tollgate.Server.Configuration.Toml;

namespace Tollgate.Unit.Server.Configuration.Toml;

/// <summary>The four date and time types: their parts, ranges and notations.</summary>
public sealed class TomlDateTimeTests
{
    [Theory]
    [InlineData("1979-05-27T07:32:00Z", 0)]
    [InlineData("1979-05-27t07:32:00z", 0)]
    [InlineData("1979-05-27 07:32:00-00:00", 0)]
    [InlineData("1979-05-27T07:32:00-07:30", -450)]
    [InlineData("1979-05-27T07:32:00+23:59", 1439)]
    public void OffsetDateTime_Valid_KeepsItsParts(string notation, int offsetMinutes)
    {
        var value = TomlSample.Value<TomlDateTime>(notation);

        Assert.Equal(TomlDateTimeKind.OffsetDateTime, value.DateTimeKind);
        Assert.Equal(new DateOnly(1979, 5, 27), value.Date);
        Assert.Equal(new TimeOnly(7, 32), value.Time);
        Assert.Equal(TimeSpan.FromMinutes(offsetMinutes), value.Offset);
    }

    [Fact]
    public void OffsetDateTime_BeforeYearOneInUtc_IsRead() =>
        Assert.Equal(TimeSpan.FromHours(1), TomlSample.Value<TomlDateTime>("0001-01-01T00:00:00+01:00").Offset);

    [Theory]
    [InlineData("1979-05-27T00:32:01")]
    [InlineData("1979-05-27 00:32:01")]
    public void LocalDateTime_Valid_HasNoOffset(string notation)
    {
        var value = TomlSample.Value<TomlDateTime>(notation);

        Assert.Equal(TomlDateTimeKind.LocalDateTime, value.DateTimeKind);
        Assert.Equal(new DateOnly(1979, 5, 27), value.Date);
        Assert.Equal(new TimeOnly(0, 32, 1), value.Time);
        Assert.Null(value.Offset);
    }

    [Theory]
    [InlineData("2024-02-29")]
    [InlineData("2024-02-29 ")]
    [InlineData("2024-02-29 # a comment")]
    public void LocalDate_Valid_HasNoTime(string notation)
    {
        var value = TomlSample.Value<TomlDateTime>(notation);

        Assert.Equal(TomlDateTimeKind.LocalDate, value.DateTimeKind);
        Assert.Equal(new DateOnly(2024, 2, 29), value.Date);
        Assert.Null(value.Time);
    }

    [Theory]
    [InlineData("07:32:00", 0)]
    [InlineData("07:32:00.5", 5_000_000)]
    [InlineData("07:32:00.000001", 10)]
    [InlineData("07:32:00.99999999999999999999", 9_999_999)]
    public void LocalTime_Valid_KeepsFractionToHundredNanoseconds(string notation, long ticks)
    {
        var value = TomlSample.Value<TomlDateTime>(notation);

        Assert.Equal(TomlDateTimeKind.LocalTime, value.DateTimeKind);
        Assert.Null(value.Date);
        Assert.Equal(new TimeOnly(7, 32).Add(TimeSpan.FromTicks(ticks)), value.Time);
    }

    [Theory]
    [InlineData("2023-02-30")]
    [InlineData("2023-02-29")]
    [InlineData("1900-02-29")]
    [InlineData("2023-04-31")]
    [InlineData("2023-00-01")]
    [InlineData("2023-13-01")]
    [InlineData("2023-01-00")]
    [InlineData("0000-01-01")]
    [InlineData("24:00:00")]
    [InlineData("00:60:00")]
    [InlineData("23:59:60")]
    [InlineData("2023-01-01T00:00:00+24:00")]
    [InlineData("2023-01-01T00:00:00+00:60")]
    public void DateOrTime_OutOfRange_IsRefused(string notation) =>
        Assert.Contains("must be from", TomlSample.ValueRefused(notation).Reason);

    [Theory]
    [InlineData("2023-1-01")]
    [InlineData("2023-01-1")]
    [InlineData("12023-01-01")]
    [InlineData("202301-01")]
    [InlineData("2023-01")]
    [InlineData("-2023-01-01")]
    [InlineData("2023-01-01T")]
    [InlineData("2023-01-01X00:00:00")]
    [InlineData("2023-01-01  00:00:00")]
    [InlineData("2023-01-0100:00:00")]
    [InlineData("2023-01-01T00:00:00.")]
    [InlineData("2023-01-01T00:00:00.Z")]
    [InlineData("2023-01-01T00:00:00+1:00")]
    [InlineData("2023-01-01T00:00:00+01")]
    [InlineData("2023-01-01T00:00:00 Z")]
    [InlineData("1:00:00")]
    [InlineData("01:0:00")]
    [InlineData("01:00:0")]
    [InlineData("01:00:00Z")]
    public void DateOrTime_Malformed_IsRefused(string notation) => TomlSample.ValueRefused(notation);

    [Theory]
    [InlineData("07:32")]
    [InlineData("1979-05-27 07:32")]
    [InlineData("1979-05-27T07:32Z")]
    public void Time_WithoutSecondsAsInLaterVersion_IsRefused(string notation) => TomlSample.ValueRefused(notation);
}
