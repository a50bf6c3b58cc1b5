using Tollgate.Gateway.Throttle;

namespace Tollgate.Unit.Gateway.Throttle;

/// <summary>What is kept for the other gateways.</summary>
public sealed class OthersTests
{
    private const long Limit = 1_000;
    private const long Fresh = 100;
    private const long HeldUp = 150;
    private const long Late = 1_700;

    // As many calls come here as to all others.
    private static readonly Others Half = new(Total: 0, Reserved: 0, Demand: 5_000, OwnDemand: 5_000, Included: 0, Chance: 0, At: 0);

    [Fact]
    public void Room_TrafficManagerIsSilentForAMoment_IsStillDivided() => Assert.Equal(Limit / 2, Half.RoomFor(Limit, Fresh, announcedAt: 0));

    [Fact]
    public void Room_AnnouncedLongerAgoThanUsual_IsWhatTheOthersDidNotAskForSince() =>
        Assert.Equal((Limit - 250) / 2, Half.RoomFor(Limit, HeldUp, announcedAt: 0));

    [Fact]
    public void Room_AnnouncedSoLongAgoThatTheOthersHaveUsedIt_IsNone() => Assert.Equal(0, Half.RoomFor(Limit, Late, announcedAt: 0));

    [Fact]
    public void Room_TrafficManagerSpeaksOfOtherKeys_IsAllForThisGateway() => Assert.Equal(Limit, Half.RoomFor(Limit, Late, announcedAt: Late));
}
