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

    [Fact]
    public void TryAdd_ByManyAtOnce_AdmitsNoMoreThanTheLimit()
    {
        var counts = new AddressCounts(_clock, TimeSpan.FromMinutes(1));
        var admitted = 0;
        Parallel.For(0, 1_000, _ =>
        {
            if (counts.TryAdd(IPAddress.Loopback, 5))
            {
                Interlocked.Increment(ref admitted);
            }
        });

        Assert.Equal(5, admitted);
        Assert.Equal(5, counts.Of(IPAddress.Loopback));
    }

    [Fact]
    public void TryAdd_AFloodOfAddresses_ForgetsNobodyAndTakesNoMoreMemory()
    {
        var counts = new AddressCounts(_clock, TimeSpan.FromMinutes(1));
        var first = IPAddress.Parse("192.0.2.7");
        Assert.True(counts.TryAdd(first, 1));
        for (var i = 0; i < 50_000; i++)
        {
            counts.Add(new IPAddress([10, (byte)(i >> 16), (byte)(i >> 8), (byte)i]));
        }

        Assert.False(counts.TryAdd(first, 1));
        Assert.Equal(10_000, counts.Addresses);
        Assert.True(counts.Of(IPAddress.Parse("198.51.100.1")) > 1, "addresses beyond the bound share counters");
        _clock.Now += TimeSpan.FromMinutes(1);
        Assert.True(counts.TryAdd(first, 1));
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
