using Tollgate.Gateway.Throttle;

namespace Tollgate.Unit.Gateway.Throttle;

/// <summary>What is kept for the other gateways.</summary>
public sealed class OthersTests
{
    private const long Limit = 1_000;
    private const long Late = 1_700;

    // As many calls come here as to all others.
    private static readonly Others Half = new(Total: 0, Reserved: 0, Demand: 500, OwnDemand: 500, Included: 0, Chance: 0, At: 0);

    [Fact]
    public void Room_TrafficManagerIsSilentForAMoment_IsDividedAsBefore() => Assert.Equal(Limit / 2, Half.RoomFor(Limit, Late, announcedAt: 0));

    [Fact]
    public void Room_TrafficManagerSpeaksOfOtherKeys_IsAllForThisGateway() => Assert.Equal(Limit, Half.RoomFor(Limit, Late, announcedAt: Late));
}
