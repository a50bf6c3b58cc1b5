using System.Net;
using Tollgate.Model;

namespace Tollgate.Unit.Model;

public sealed class AddressSpanTests
{
    [Theory]
    [InlineData("10.0.0.1-10.0.0.9", "10.0.0.1", true)]
    [InlineData("10.0.0.1-10.0.0.9", "10.0.0.9", true)]
    [InlineData("10.0.0.1-10.0.0.9", "10.0.0.10", false)]
    [InlineData("10.0.0.1-10.0.0.9", "9.255.255.255", false)]
    [InlineData("10.0.0.7", "10.0.0.7", true)]
    [InlineData("10.0.0.7", "::ffff:10.0.0.7", true)]
    [InlineData("2001:db8::1-2001:db8::ff", "2001:db8::80", true)]
    [InlineData("2001:db8::1-2001:db8::ff", "2001:db8::100", false)]
    [InlineData("2001:db8::1-2001:db8::ff", "10.0.0.1", false)]
    public void Contains_OfAnAddress_CountsBothEnds(string range, string address, bool expected) =>
        Assert.Equal(expected, AddressSpan.Parse(range).Contains(AddressSpan.NumberOf(IPAddress.Parse(address))));

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("2001:DB8:0::7", "2001:db8::7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("1", null)]
    [InlineData("010.0.0.1", null)]
    [InlineData("0x7f.1", null)]
    [InlineData("192.0.2", null)]
    [InlineData("192.0.2.7.9", null)]
    [InlineData("fe80::1%eth0", null)]
    [InlineData("host", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Normal_OfAText_IsTheOneSpellingOrNothing(string? text, string? expected) =>
        Assert.Equal(expected, AddressSpan.Normal(text)?.ToString());
}
