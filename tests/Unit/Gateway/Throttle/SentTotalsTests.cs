using Tollgate.Gateway.Throttle;

namespace Tollgate.Unit.Gateway.Throttle;

/// <summary>What an announced sum holds of the gateway that hears it.</summary>
public sealed class SentTotalsTests
{
    private const int Messages = 40;

    private readonly SentTotals _sent = new();

    [Fact]
    public void Included_TrafficManagerIsFarBehindOnASharedKey_IsWhatItsLastMessageSaid()
    {
        Send(1, Messages, isShared: true);
        Assert.Equal(30, _sent.Included(3).Total);
        Assert.Equal(0, _sent.Included(0).Total);
        Assert.Equal(Messages * 10, _sent.Included(long.MaxValue).Total);
    }

    [Fact]
    public void Included_WhatIsNotKeptAnyMore_IsTheOldestThatIs()
    {
        Send(1, Messages, isShared: false);
        Assert.Equal((Messages - 5) * 10, _sent.Included(3).Total);

        Send(Messages + 1, Messages + 10, isShared: true);
        Assert.Equal((Messages - 5) * 10, _sent.Included(3).Total);
        Assert.Equal((Messages + 2) * 10, _sent.Included(Messages + 2).Total);
    }

    private void Send(int first, int last, bool isShared)
    {
        for (var number = first; number <= last; number++)
        {
            _sent.Add(new SentTotal(number, 0, number * 10, 0, 0), isShared);
        }
    }
}
