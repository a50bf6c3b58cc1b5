using System.Net;
using Tollgate.SignIn.Access;

namespace Tollgate.Unit.SignIn.Access;

/// <summary>Counting per address.</summary>
public sealed class AddressCountsTests
{
    private readonly Clock _clock = new();

    [Fact]
    public void Of_AddressInItsWindow_CountsAndStartsAnewInTheNext()
    {
        var counts = new AddressCounts(_clock, TimeSpan.FromMinutes(1));
        var address = IPAddress.Parse("192.0.2.7");
        counts.Add(address);
        counts.Add(address);

        Assert.Equal(2, counts.Of(address));
        Assert.Equal(0, counts.Of(IPAddress.Parse("192.0.2.8")));
        _clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(0, counts.Of(address));
    }

    [Fact]
    public void Of_AddressesOfOneSite_AreOneAddress()
    {
        var counts = new AddressCounts(_clock, TimeSpan.FromMinutes(1));
        counts.Add(IPAddress.Parse("2001:db8:1:2::1"));
        counts.Add(IPAddress.Parse("2001:db8:1:2:ffff::9"));

        Assert.Equal(2, counts.Of(IPAddress.Parse("2001:db8:1:2::abcd")));
        Assert.Equal(0, counts.Of(IPAddress.Parse("2001:db8:1:3::1")));
    }

    [Fact]
    public void Of_NoAddress_IsCountedTogether()
    {
        var counts = new AddressCounts(_clock, TimeSpan.FromMinutes(1));
        counts.Add(null);

        Assert.Equal(1, counts.Of(null));
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
