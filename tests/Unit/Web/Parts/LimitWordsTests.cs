using Tollgate.Model;
using Tollgate.Web.Parts;

namespace Tollgate.Unit.Web.Parts;

/// <summary>What a policy lets through, in a sentence.</summary>
public sealed class LimitWordsTests
{
    [Theory]
    [InlineData(QuotaKind.Requests, 1000, "min", 1, "at most 1,000 calls per minute, then refused")]
    [InlineData(QuotaKind.Requests, 1, "sec", 1, "at most 1 call per second, then refused")]
    [InlineData(QuotaKind.Requests, 5, "hour", 2, "at most 5 calls in 2 hours, then refused")]
    [InlineData(QuotaKind.Bytes, 5 * 1024 * 1024, "day", 1, "at most 5 MB per day, then refused")]
    [InlineData(QuotaKind.Bytes, 1500, "month", 1, "at most 1,500 bytes per month, then refused")]
    public void Of_AQuota_SaysAmountAndTime(QuotaKind kind, long limit, string unit, int time, string words) =>
        Assert.Equal(words, LimitWords.Of(Policy(new Quota(kind, limit, unit, time))));

    [Fact]
    public void Of_ABurst_SaysBoth() => Assert.Equal(
        "at most 1,000 calls per minute, at most 50 calls per second, then refused",
        LimitWords.Of(Policy(new Quota(QuotaKind.Requests, 1000, "min", 1), new Quota(QuotaKind.Requests, 50, "sec", 1))));

    [Fact]
    public void Of_NoQuota_SaysSo() => Assert.Equal("no limit", LimitWords.Of(Policy(null)));

    [Fact]
    public void Of_ASoftQuota_SaysThatItOnlyNotes()
    {
        var policy = Policy(new Quota(QuotaKind.Requests, 10, "min", 1));
        Assert.Equal("at most 10 calls per minute, then only noted", LimitWords.Of(policy with { Terms = policy.Terms with { StopOnQuotaReach = false } }));
    }

    private static ThrottlingPolicy Policy(Quota? quota, Quota? burst = null) => new()
    {
        Id = "1",
        Organization = "one",
        Kind = PolicyKind.Subscription,
        Name = "Gold",
        Terms = new PolicyTerms { Quota = quota, Burst = burst },
    };
}
