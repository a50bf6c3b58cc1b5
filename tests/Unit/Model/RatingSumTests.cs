using Tollgate.Model;

namespace Tollgate.Unit.Model;

/// <summary>The average rating as text.</summary>
public sealed class RatingSumTests
{
    [Theory]
    [InlineData(0, 0, "0")]
    [InlineData(1, 4, "4")]
    [InlineData(2, 9, "4.5")]
    [InlineData(3, 10, "3.3")]
    [InlineData(4, 17, "4.3")]
    public void Average_OfSums_HasOneDigitAtMost(long count, long stars, string average) =>
        Assert.Equal(average, new RatingSum(count, stars).Average);
}
