using System.Net;
using Tollgate.Model;

namespace Tollgate.Unit.Model;

/// <summary>Whom a chain of proxies speaks for.</summary>
public sealed class TrustedProxiesTests
{
    private const string Proxies = "10.0.0.0/8, 2001:db8::7";

    [Theory]
    [InlineData("192.0.2.1", "198.51.100.1", "192.0.2.1")]
    [InlineData("10.0.0.1", "", "10.0.0.1")]
    [InlineData("10.0.0.1", "198.51.100.1", "198.51.100.1")]
    [InlineData("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1")]
    [InlineData("2001:db8::7", "198.51.100.1", "198.51.100.1")]
    [InlineData("10.0.0.1", "203.0.113.9, 198.51.100.1", "198.51.100.1")]
    [InlineData("10.0.0.1", "203.0.113.9,198.51.100.1 , 10.2.2.2", "198.51.100.1")]
    [InlineData("10.0.0.1", "10.3.3.3, 10.2.2.2", "10.3.3.3")]
    [InlineData("10.0.0.1", "198.51.100.1:4711", "198.51.100.1")]
    [InlineData("10.0.0.1", "[2001:db8::1]:4711", "2001:db8::1")]
    [InlineData("10.0.0.1", "2001:db8::1", "2001:db8::1")]
    [InlineData("10.0.0.1", "198.51.100.1, unknown", "255.255.255.255")]
    [InlineData("10.0.0.1", "198.51.100.1, 0x7f.1", "255.255.255.255")]
    [InlineData("10.0.0.1", "198.51.100.1,", "255.255.255.255")]
    [InlineData("10.0.0.1", "010.0.0.1", "255.255.255.255")]
    [InlineData("10.0.0.1", "fe80::1%2", "255.255.255.255")]
    [InlineData("10.0.0.1", "for=198.51.100.1", "255.255.255.255")]
    public void Client_BehindProxies_IsTheNearestThatIsNone(string peer, string hops, string client) =>
        Assert.Equal(IPAddress.Parse(client), Of(ForwardedHeader.XForwardedFor).ClientOf(IPAddress.Parse(peer), hops));

    [Theory]
    [InlineData("for=198.51.100.1", "198.51.100.1")]
    [InlineData("proto=https;For=198.51.100.1;by=10.0.0.1", "198.51.100.1")]
    [InlineData("for=203.0.113.9, for=\"[2001:db8::1]:80\"", "2001:db8::1")]
    [InlineData("for=\"x, for=198.51.100.1", "198.51.100.1")]
    [InlineData("for=198.51.100.1, for=10.2.2.2;proto=http", "198.51.100.1")]
    [InlineData("for=198.51.100.1, for=_hidden", "255.255.255.255")]
    [InlineData("198.51.100.1", "255.255.255.255")]
    public void Client_InForwarded_IsTheNodeOfFor(string hops, string client) =>
        Assert.Equal(IPAddress.Parse(client), Of(ForwardedHeader.Forwarded).ClientOf(IPAddress.Parse("10.0.0.1"), hops));

    private static TrustedProxies Of(ForwardedHeader header) => new(AddressRange.ParseList(Proxies)!, header);
}
