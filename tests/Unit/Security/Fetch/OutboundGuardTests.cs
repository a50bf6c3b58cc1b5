using System.Net;
using Tollgate.Security.Fetch;

namespace Tollgate.Unit.Security.Fetch;

public sealed class OutboundGuardTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.10")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("100.100.100.200")]
    [InlineData("198.18.0.1")]
    [InlineData("203.0.113.7")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("ff02::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:a00:1::1")]
    public void Permits_AddressThatIsNotPublic_OnlyWhereAllowed(string text)
    {
        var address = IPAddress.Parse(text);
        Assert.False(new OutboundGuard([]).Permits("some.host", address));
        Assert.True(new OutboundGuard(["some.host"]).Permits("Some.Host.", address));
        Assert.False(new OutboundGuard(["some.host"]).Permits("another.some.host", address));
    }

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2606:4700::1111")]
    public void Permits_PublicAddress_Always(string text) => Assert.True(new OutboundGuard([]).Permits("any", IPAddress.Parse(text)));

    [Fact]
    public void Permits_AllowedNetwork_ThatNetworkOnly()
    {
        var guard = new OutboundGuard(["10.1.0.0/16", "fd00::/8", "127.0.0.1"]);
        Assert.True(guard.Permits("x", IPAddress.Parse("10.1.255.1")));
        Assert.True(guard.Permits("x", IPAddress.Parse("::ffff:10.1.0.1")));
        Assert.False(guard.Permits("x", IPAddress.Parse("10.2.0.1")));
        Assert.True(guard.Permits("x", IPAddress.Parse("fd12::1")));
        Assert.True(guard.Permits("x", IPAddress.Parse("127.0.0.1")));
        Assert.False(guard.Permits("x", IPAddress.Parse("127.0.0.2")));
    }

    [Theory]
    [InlineData("10.0.0.0/40")]
    [InlineData("http://host")]
    [InlineData("")]
    public void Guard_AllowanceThatCanBeNone_IsRefused(string entry) => Assert.Throws<FormatException>(() => new OutboundGuard([entry]));
}
